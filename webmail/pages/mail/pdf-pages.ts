import type { Uid } from '../../../core/ground/ids.ts';
import type { PdfPage } from '../../../core/letters/message/pdf-page.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import { around, framed, type FramePart } from '../../frame/frame.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import { backLink, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { numberOf } from '../../ids.ts';

interface WhichPdf {
  readonly uid: Uid;
  readonly part: string;
  /** The page, as the address has it. */
  readonly page: unknown;
}

/**
 * GET /mail/:mailbox/:uid/pdf/:part/pages?page=: a page of a PDF as a picture, with the ways to the
 * others, for browsers that have no viewer. Its words stand below, for who can't see them.
 */
export async function pdfPages(
  visit: Visit<FramePart & WithMail>,
  slug: string,
  { uid, part, page }: WhichPdf,
): Promise<Answer> {
  const mailboxes = await visit.core.mail.mailboxes(visit.viewer);
  const chosen = chosenMailbox(visit, mailboxes, slug);
  if (chosen === null) return MISSING;
  const mailbox = chosen.mailbox.id;
  const file = await visit.core.mail.download(visit.viewer, mailbox, uid, part);
  if (file?.mediaType !== 'application/pdf') return MISSING;
  const which = { mailbox, uid, part, page: pageOf(page) };
  const [near, shown] = await Promise.all([
    around(visit),
    visit.core.mail.pdfPage(visit.viewer, which),
  ]);
  // An address that names no page of it, while there is a first one.
  if (shown === null && which.page !== 1) return MISSING;
  const at = `/mail/${slug}/${uid}`;
  const { texts } = visit;
  const body = framed(visit, near, {
    title: file.name,
    section: 'messages',
    shelf: null,
    styles: ['viewer.css'],
    main: html`
      <main id="main" class="viewer">
        <div class="vbar">
          ${backLink(visit, at, texts.message.backToIt)}
          <h1 class="h2 any grow">${file.name}</h1>
          <a class="btn" href="${at}/file/${part}" download>
            ${icon(visit, 'download')}${texts.message.fetch}
          </a>
        </div>
        ${
          shown === null
            ? html`
                <div class="state"><p>${texts.message.pdf.noPages}</p></div>
              `
            : pageView(visit, shown, { name: file.name, at: `${at}/pdf/${part}` })
        }
      </main>
    `,
  });
  return { kind: 'page', status: 200, body };
}

function pageView(
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

/** GET /mail/:mailbox/:uid/pdf/:part/picture?page=: the picture of a page. */
export async function pdfPicture(
  visit: Visit<WithMail>,
  slug: string,
  { uid, part, page }: WhichPdf,
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const which = { mailbox: chosen.mailbox.id, uid, part, page: pageOf(page) };
  const bytes = await visit.core.mail.drawnPdfPage(visit.viewer, which);
  const name = `page-${which.page}.png`;
  return bytes === null
    ? MISSING
    : { kind: 'inline', file: { name, mediaType: 'image/png', bytes } };
}

/** The first one, where an address names none. */
const pageOf = (asked: unknown): number => (asked === undefined ? 1 : (numberOf(asked) ?? 0));
