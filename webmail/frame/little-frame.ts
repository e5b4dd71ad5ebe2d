import { html, type Html } from '../html.ts';
import { dressOf } from './comfort.ts';
import { documentOf } from './frame.ts';
import { pageEar, picture, type LittleSentence } from './little-parts.ts';
import { faceOf, icon, token } from './parts.ts';
import type { Visit } from './visit.ts';

/** What a page of the little ones shows inside its frame. */
export interface LittleSheet {
  readonly title: string;
  /** The first page shows the yard where the others lead home. */
  readonly at: 'home' | 'inside';
  readonly main: Html;
  /** What its ear says: what one can do here. */
  readonly says: LittleSentence;
  /** How many letters are new, where the page knows: the icon of the tab bears a bead then. */
  readonly fresh?: number;
  /** Stylesheets and scripts besides those of every page of theirs. */
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
}

/** The document alone, where it isn’t answered as a page of its own. */
export function littleDocument(visit: Visit, sheet: LittleSheet): Html {
  const { texts } = visit;
  return documentOf({
    lang: visit.viewer.language,
    dress: dressOf(visit),
    title: texts.titled(sheet.title),
    audience: 'little',
    skip: texts.skip,
    asset: visit.asset,
    hasNew: (sheet.fresh ?? 0) > 0,
    foot: 'none',
    styles: ['little.css', ...(sheet.styles ?? [])].map(visit.asset),
    scripts: ['little.js', ...(sheet.scripts ?? [])].map(visit.asset),
    body: html`
      ${board(visit, sheet)} ${sheet.main}
    `,
  });
}

/** The token is for what speaks: a name is said by a form. */
function board(visit: Visit, { at, says }: LittleSheet): Html {
  const { texts, viewer } = visit;
  const homeward =
    at === 'home'
      ? html`
          ${icon(visit, 'preau')}
          <span class="w">${texts.brand}</span>
        `
      : html`
          ${picture(visit, 'maison')}
          <span class="w">${texts.little.homeward}</span>
        `;
  return html`
    <header class="top">
      <a class="brand homeward" href="/mail/inbox">${homeward}</a>
      ${pageEar(visit, says)}
      <div class="me">
        ${faceOf(visit, { kind: 'child', face: viewer.face, cover: 8, name: viewer.givenName })}
        <span><b>${viewer.givenName}</b></span>
        ${token(visit)}
        <a class="btn leave" href="/quit">
          ${icon(visit, 'exit')}
          <span class="w">${texts.frame.quit}</span>
        </a>
      </div>
    </header>
  `;
}
