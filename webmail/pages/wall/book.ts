import { Readable } from 'node:stream';
import type { WallBook, WallView } from '../../../core/school/wall/contract.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { fileSize, wholeDay } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { wallPath, wallRefOf, type WallNames, type WallPart } from './parts.ts';

/** The book of the year: asked for, coming, there; and who has it. */
export function bookSheet(visit: Visit, view: WallView): Html {
  const words = visit.texts.walls.book;
  const { book, stand } = view;
  if (book === null) return NOTHING;
  const { madeAt, isComing } = book;
  return html`
    <section class="sheet pad" aria-labelledby="w3">
      <h2 id="w3">${icon(visit, 'book')}${words.title}</h2>
      <p class="small soft">${words.lead}</p>
      ${madeAt === null ? NOTHING : download(visit, view, { ...book, madeAt })}
      ${
        isComing
          ? html`
              <p class="stands">${icon(visit, 'moon')}${words.coming}</p>
            `
          : NOTHING
      }
      ${stand === 'teacher' ? asking(visit, view, book) : NOTHING}
    </section>
  `;
}

function download(
  visit: Visit,
  { ref }: WallView,
  { madeAt, sizeBytes }: WallBook & { readonly madeAt: Date },
): Html {
  const words = visit.texts.walls.book;
  return html`
    <p>
      <a class="btn main" href="${wallPath(ref)}/book" download>
        ${icon(visit, 'download')}${words.download}
      </a>
      <br />
      <span class="small soft">
        ${words.made(wholeDay(visit.clock, madeAt))}, PDF,
        ${fileSize(visit.viewer.language, sizeBytes)}
      </span>
    </p>
  `;
}

function asking(visit: Visit, { ref, count }: WallView, book: WallBook): Html {
  const words = visit.texts.walls.book;
  const ask = html`
    <form method="post" action="${wallPath(ref)}/book">
      ${token(visit)}
      <button class="btn">${book.madeAt === null ? words.ask : words.askAgain}</button>
    </form>
  `;
  const share = html`
    <form class="share" method="post" action="${wallPath(ref)}/share">
      ${token(visit)}
      <label>
        <input
          type="checkbox"
          name="families"
          value="1"
          ${attributes({ checked: book.forFamilies ? '' : null })}
        />
        ${words.share}
      </label>
      <button class="btn mini">${words.shareDo}</button>
    </form>
  `;
  if (count === 0 && book.askedAt === null)
    return html`
      <p class="hint">${words.none}</p>
    `;
  return html`
    ${book.isComing ? NOTHING : ask} ${book.askedAt === null ? NOTHING : share}
  `;
}

/** POST /walls/:school/:class/book: it is made by night. */
export async function askBook(visit: Visit<WallPart>, names: WallNames): Promise<Answer> {
  const ref = wallRefOf(names);
  const isAsked = await visit.core.walls.askBook(visit.viewer, ref);
  return isAsked ? { kind: 'go', to: `${wallPath(ref)}?said=asked` } : MISSING;
}

/** POST /walls/:school/:class/share: families have it too, or no more. */
export async function shareBook(
  visit: Visit<WallPart>,
  names: WallNames,
  form: Form,
): Promise<Answer> {
  const ref = wallRefOf(names);
  const isFor = field(form, 'families') === '1';
  const isDone = await visit.core.walls.shareBook(visit.viewer, ref, isFor);
  return isDone ? { kind: 'go', to: `${wallPath(ref)}?said=shared` } : MISSING;
}

/** GET /walls/:school/:class/book: the PDF, as it was printed. */
export async function bookFile(visit: Visit<WallPart>, names: WallNames): Promise<Answer> {
  const book = await visit.core.walls.book(visit.viewer, wallRefOf(names));
  if (book === null) return MISSING;
  const { fileName } = visit.texts.walls.book;
  return {
    kind: 'stream',
    name: `${fileName(book.className, book.year)}.pdf`,
    mediaType: 'application/pdf',
    body: Readable.from(book.pieces),
  };
}
