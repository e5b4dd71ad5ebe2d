import type { ItemRef } from '../../../core/school/cupboard/contract.ts';
import { pageNumberOf, pdfLeaf } from '../../components/pdf-leaf.ts';
import { surroundingsOf, framed } from '../../frame/frame.ts';
import { backLink, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { itemPath, shownName, type CupboardPart } from './parts.ts';

/** GET /stored/:school/:item/pages?page=: a page of a PDF as a picture, where no viewer is. */
export async function pdfPages(
  visit: Visit<CupboardPart>,
  ref: ItemRef,
  asked: unknown,
): Promise<Answer> {
  const view = await visit.core.cupboards.file(visit.viewer, ref);
  if (view?.file.mediaType !== 'application/pdf') return MISSING;
  const page = pageNumberOf(asked);
  const shown = await visit.core.cupboards.pdfPage(visit.viewer, ref, page);
  // An address that names no page of it, while there is a first one.
  if (shown === null && page !== 1) return MISSING;
  const [at, name] = [itemPath(ref), shownName(view.file)];
  const { message, cupboards: words } = visit.texts;
  const none = html`
    <div class="state"><p>${message.pdf.noPages}</p></div>
  `;
  const main = html`
    <main id="main" class="viewer">
      <div class="vbar">
        ${backLink(visit, at, words.backTo(name))}
        <h1 class="h2 grow">${name}</h1>
        <a class="btn" href="${at}/content" download>${icon(visit, 'download')}${message.fetch}</a>
      </div>
      ${shown === null ? none : pdfLeaf(visit, shown, { name, at })}
    </main>
  `;
  const surroundings = await surroundingsOf(visit);
  const sheet = { title: name, section: 'cupboard', shelf: null, main } as const;
  const body = framed(visit, surroundings, { ...sheet, styles: ['viewer.css'] });
  return { kind: 'page', status: 200, body };
}

/** GET /stored/:school/:item/picture?page=: the picture of a page. */
export async function pdfPicture(
  visit: Visit<CupboardPart>,
  ref: ItemRef,
  asked: unknown,
): Promise<Answer> {
  const page = pageNumberOf(asked);
  const bytes = await visit.core.cupboards.drawnPdfPage(visit.viewer, ref, page);
  if (bytes === null) return MISSING;
  return {
    kind: 'inline',
    file: { name: `page-${page}.png`, mediaType: 'image/png', bytes },
  };
}
