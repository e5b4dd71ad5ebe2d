import type { Uid } from '../../../core/ground/ids.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import { pageNumberOf, pdfLeaf } from '../../components/pdf-leaf.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import { backLink, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';

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
  const file = await visit.core.mail.download(visit.viewer, { mailbox, uid, part });
  if (file?.mediaType !== 'application/pdf') return MISSING;
  const which = { mailbox, uid, part, page: pageNumberOf(page) };
  const [surroundings, shown] = await Promise.all([
    surroundingsOf(visit),
    visit.core.mail.pdfPage(visit.viewer, which),
  ]);
  // An address that names no page of it, while there is a first one.
  if (shown === null && which.page !== 1) return MISSING;
  const at = `/mail/${slug}/${uid}`;
  const { texts } = visit;
  const body = framed(visit, surroundings, {
    title: file.name,
    section: 'messages',
    shelf: null,
    styles: ['viewer.css'],
    main: html`
      <main id="main" class="viewer">
        <div class="vbar">
          ${backLink(visit, at, texts.message.backToIt)}
          <h1 class="h2 grow">${file.name}</h1>
          <a class="btn" href="${at}/file/${part}" download>
            ${icon(visit, 'download')}${texts.message.fetch}
          </a>
        </div>
        ${
          shown === null
            ? html`
                <div class="state"><p>${texts.message.pdf.noPages}</p></div>
              `
            : pdfLeaf(visit, shown, { name: file.name, at: `${at}/pdf/${part}` })
        }
      </main>
    `,
  });
  return { kind: 'page', status: 200, body };
}

/** GET /mail/:mailbox/:uid/pdf/:part/picture?page=: the picture of a page. */
export async function pdfPicture(
  visit: Visit<WithMail>,
  slug: string,
  { uid, part, page }: WhichPdf,
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const which = { mailbox: chosen.mailbox.id, uid, part, page: pageNumberOf(page) };
  const bytes = await visit.core.mail.drawnPdfPage(visit.viewer, which);
  const name = `page-${which.page}.png`;
  return bytes === null
    ? MISSING
    : { kind: 'inline', file: { name, mediaType: 'image/png', bytes } };
}
