import type { Uid } from '../../../core/ground/ids.ts';
import type { Download, WithMail } from '../../../core/mail/reading/contract.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import { backLink, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { fileSize } from '../../frame/when.ts';
import { attributes, html, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';

interface WhichPdf {
  readonly uid: Uid;
  readonly part: string;
}

/**
 * GET /mail/:mailbox/:uid/pdf/:part: a PDF in the page, by the browser's own viewer; one that does
 * more than be read, and every other where the browser has no viewer, is to be fetched.
 */
export async function pdf(
  visit: Visit<FramePart & WithMail>,
  slug: string,
  which: WhichPdf,
): Promise<Answer> {
  const place = await placeOf(visit, slug);
  if (place === null) return MISSING;
  const { uid, part } = which;
  const file = await visit.core.mail.download(visit.viewer, { mailbox: place, uid, part });
  if (file?.mediaType !== 'application/pdf') return MISSING;
  const [surroundings, plain] = await Promise.all([
    surroundingsOf(visit),
    visit.core.mail.plainPdf(visit.viewer, { mailbox: place, uid, part }),
  ]);
  const at = `/mail/${slug}/${uid}`;
  const words = visit.texts.message.pdf;
  const { viewer, texts } = visit;
  const body = framed(visit, surroundings, {
    title: file.name,
    section: 'messages',
    shelf: null,
    styles: ['viewer.css'],
    scripts: ['viewer.js'],
    main: html`
      <main id="main" class="viewer">
        <div class="vbar">
          ${backLink(visit, at, texts.message.backToIt)}
          <h1 class="h2 grow">${file.name}</h1>
          <span class="small soft">
            PDF, ${fileSize(viewer.language, file.bytes.length)}, ${texts.message.scanned}
          </span>
          ${pagesButton(visit, `${at}/pdf/${part}/pages`, plain === null ? 'asked' : 'at-once')}
          ${fetchButton(visit, `${at}/file/${part}`)}
        </div>
        ${plain === null ? left(visit, words.active, { at, part }) : shown(visit, file, { at, part })}
      </main>
    `,
  });
  return { kind: 'page', status: 200, body, holdsFile: true };
}

function shown(
  visit: Visit,
  { name }: Download,
  { at, part }: { readonly at: string; readonly part: string },
): Html {
  return html`
    <object data="${at}/pdf/${part}/inside" type="application/pdf" aria-label="${name}">
      ${left(visit, visit.texts.message.pdf.noViewer, { at, part })}
    </object>
  `;
}

/** In its place, why it isn't seen here, and the ways to it. */
function left(
  visit: Visit,
  why: string,
  { at, part }: { readonly at: string; readonly part: string },
): Html {
  return html`
    <div class="state stack">
      <p>${why}</p>
      ${pagesButton(visit, `${at}/pdf/${part}/pages`, 'asked')}
      ${fetchButton(visit, `${at}/file/${part}`)}
    </div>
  `;
}

/** Its pages as pictures; where a browser says that it has no viewer, a script goes there. */
const pagesButton = (visit: Visit, pages: string, when: 'asked' | 'at-once'): Html => html`
  <a class="btn" href="${pages}" ${attributes({ 'data-pages': when === 'at-once' })}>
    ${icon(visit, 'picture')}${visit.texts.message.pdf.see}
  </a>
`;

const fetchButton = (visit: Visit, file: string): Html => html`
  <a class="btn" href="${file}" download>${icon(visit, 'download')}${visit.texts.message.fetch}</a>
`;

/** GET …/pdf/:part/inside: the PDF itself, for the page above; looked at once more. */
export async function pdfInside(
  visit: Visit<WithMail>,
  slug: string,
  { uid, part }: WhichPdf,
): Promise<Answer> {
  const place = await placeOf(visit, slug);
  const file =
    place && (await visit.core.mail.plainPdf(visit.viewer, { mailbox: place, uid, part }));
  return file === null ? MISSING : { kind: 'pdf', file };
}

async function placeOf(visit: Visit<WithMail>, slug: string) {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  return chosen === null ? null : chosen.mailbox.id;
}
