import type { PdfPage } from '../../core/letters/message/pdf-page.ts';
import { icon } from '../frame/parts.ts';
import type { Visit } from '../frame/visit.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { countOf } from '../ids.ts';

/**
 * A page of a PDF as a picture, with the ways to the others, for browsers that have no viewer. Its
 * words stand below, for who can't see them. Its pages lie below `at`, as `pages` and `picture`.
 */
export function pdfLeaf(
  visit: Visit,
  { page, pages, width, height, text }: PdfPage,
  { name, at }: { readonly name: string; readonly at: string },
): Html {
  const words = visit.texts.message.pdf;
  const said = text.trim();
  return html`
    ${turning(visit, at, { page, pages })}
    <img
      class="leaf"
      src="${at}/picture?page=${page}"
      width="${width}"
      height="${height}"
      alt="${words.page(page, pages)}, ${name}"
    />
    ${
      said === ''
        ? NOTHING
        : html`
            <details class="sheet pad">
              <summary>${words.text}</summary>
              <p class="raw whole">${said}</p>
            </details>
          `
    }
    ${pages === 1 ? NOTHING : turning(visit, at, { page, pages })}
  `;
}

/** « Page 2 sur 7 », with the ways to those beside it. */
function turning(visit: Visit, at: string, { page, pages }: Pick<PdfPage, 'page' | 'pages'>): Html {
  const words = visit.texts.message.pdf;
  const way = (to: number, inside: Html): Html =>
    to < 1 || to > pages
      ? html`
          <span></span>
        `
      : html`
          <a class="btn" href="${at}/pages?page=${to}">${inside}</a>
        `;
  const before = html`
    ${icon(visit, 'back')}${words.before}
  `;
  const after = html`
    ${words.after}${icon(visit, 'arrow', 'tail')}
  `;
  return html`
    <nav class="turning" aria-label="${words.pages}">
      ${way(page - 1, before)}
      <b>${words.page(page, pages)}</b>
      ${way(page + 1, after)}
    </nav>
  `;
}

/** The first one, where an address names none. */
export const pageNumberOf = (asked: unknown): number =>
  asked === undefined ? 1 : (countOf(asked) ?? 0);
