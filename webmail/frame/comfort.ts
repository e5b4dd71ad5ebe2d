import { attributes, html, NOTHING, type Html } from '../html.ts';
import type { Visit } from './visit.ts';

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
      ...(Object.values(comfort).every((one) => THEME_ALONE.has(one) || one === 'next')
        ? []
        : ['comfort.css']),
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
