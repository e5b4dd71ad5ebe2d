import type { Comfort } from '../../core/core.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { field, type Form } from '../http/forms.ts';
import type { Visit } from './visit.ts';

type Choice = keyof Comfort;
type Chosen<Name extends Choice> = NonNullable<Comfort[Name]>;

/** All that there is to choose, in the order in which it is asked. */
const CHOICES = {
  size: ['large', 'larger'],
  spacing: ['wide', 'wider'],
  font: ['book', 'andika', 'opendyslexic'],
  paper: ['white', 'cream', 'night', 'strong'],
  motion: ['none'],
  rows: ['dense'],
} as const satisfies { readonly [Name in Choice]: readonly Chosen<Name>[] };

/** What a form chose; what it doesn't name, or names unheard of, is as for everybody. */
export function comfortOf(form: Pick<Form, 'fields'>): Comfort {
  return Object.fromEntries(
    Object.entries(CHOICES).flatMap(([name, known]) => {
      const wish = field(form, name);
      return known.some((one) => one === wish) ? [[name, wish]] : [];
    }),
  );
}

/** The theme under each paper: what the paper doesn't say of colours, the theme does. */
const THEMES = { white: 'light', cream: 'light', night: 'dark', strong: 'dark' } as const;
/** Papers that a theme makes by itself: every page has both themes. */
const THEME_ALONE: ReadonlySet<string> = new Set(['white', 'night']);
/** Letters that come as files, of the same name as their stylesheet. */
const LOADED: ReadonlySet<string> = new Set(['andika', 'opendyslexic']);

/** A page as its reader has chosen it: nothing at all for who has chosen nothing. */
export interface Dress {
  /** Attributes of the document, which its stylesheets ask. */
  readonly marks: Html;
  /** Stylesheets, to come after all others. */
  readonly styles: readonly string[];
  /** Asks for the letters at once, so that no text is shown in others before. */
  readonly fonts: Html;
}

/** What the choices of somebody make of their pages. */
export function dressOf({ comfort, asset }: Pick<Visit, 'comfort' | 'asset'>): Dress {
  const { size, spacing, font, paper, motion, rows } = comfort;
  const isLoaded = font !== undefined && LOADED.has(font);
  return {
    marks: attributes({
      'data-theme': paper === undefined ? null : THEMES[paper],
      'data-paper': paper ?? null,
      'data-size': size ?? null,
      'data-spacing': spacing ?? null,
      'data-font': font ?? null,
      'data-motion': motion ?? null,
      'data-rows': rows ?? null,
    }),
    styles: [
      ...(isLoaded ? [`${font}.css`] : []),
      ...(Object.values(comfort).every((one) => THEME_ALONE.has(one)) ? [] : ['comfort.css']),
    ].map(asset),
    fonts: isLoaded
      ? html`
          <link
            rel="preload"
            as="font"
            type="font/woff2"
            crossorigin
            href="${asset(`${font}-400.woff2`)}"
          />
        `
      : NOTHING,
  };
}
