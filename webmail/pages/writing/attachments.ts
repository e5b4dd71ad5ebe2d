import type { Attachment } from '../../../core/letters/message/message.ts';
import { crayons, drawingUnder, papers, pens, type DrawnOn } from '../../components/drawing-pad.ts';
import { drawingOf, icon, isPicture, isSound, soundOf } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { fileSize } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import type { WritingPage } from './writing-page.ts';

/** A picture of more bytes is shown by a drawing: an old PC on a slow line would fetch it again. */
const MAX_THUMB_BYTES = 1_000_000;

/** A file is chosen by a button like the others. */
export function filePick(visit: Visit): Html {
  const { texts, audience } = visit;
  return html`
    <span class="upload">
      <input class="vh" type="file" name="file" id="fl" multiple data-files />
      <label class="btn" for="fl">
        ${icon(visit, 'attach')}
        <span class="w">${texts.write.addFile[audience]}</span>
      </label>
    </span>
  `;
}

/** A file of one's cupboards: the letter is kept, and one comes back to it. */
export function cupboardPick(visit: Visit): Html {
  if (visit.viewer.role === 'agent') return NOTHING;
  return html`
    <p class="in">
      <button class="btn quiet" name="act" value="cupboard" data-pick="${visit.asset('pick.js')}">
        ${icon(visit, 'cupboard')}${visit.texts.cupboards.pick.title}
      </button>
    </p>
  `;
}

/** A voice instead of a file; a script shows it where the browser records. */
export function voicePick(visit: Visit, file = visit.texts.write.voice.file): Html {
  const words = visit.texts.write.voice;
  return html`
    <span class="upload">
      <button
        class="btn"
        type="button"
        data-record
        data-file="${file}"
        data-stop="${words.stop('%t')}"
        data-refused="${words.refused[visit.audience]}"
        hidden
      >
        ${icon(visit, 'mic')}
        <span class="w">${words.speak}</span>
      </button>
    </span>
  `;
}

const withoutScript = (words: string): Html => html`
  <noscript><p class="hint">${words}</p></noscript>
`;

/**
 * A pad to draw on instead of a file, for a pupil, or over the drawing of the letter that is
 * answered; a script shows it, and over a drawing opens it at once.
 */
export function drawPick(visit: Visit, on: DrawnOn | null): Html {
  const { texts, asset } = visit;
  const { draw, done, studio } = texts.littleWrite;
  return html`
    <span class="upload">
      <button
        class="btn"
        type="button"
        data-pad-opens="${asset('pad.js')}"
        ${attributes({ 'data-at-once': on !== null })}
        hidden
      >
        ${icon(visit, 'drawing')}
        <span class="w">${on === null ? texts.write.draw : texts.write.drawOn}</span>
      </button>
    </span>
    ${on === null ? NOTHING : withoutScript(texts.write.drawOnOff)}
    <template data-pad>
      <div
        class="studio pad-over"
        role="dialog"
        aria-modal="true"
        aria-label="${draw}"
        data-file="${studio.file}"
        data-look="${asset('pad.css')}"
      >
        ${crayons(visit)}
        <div class="pad-draw">
          ${on === null ? NOTHING : drawingUnder(visit, on)} ${papers(visit)}
        </div>
        <div class="pens">
          ${pens(visit)}
          <button class="btn" type="button" data-away>
            ${icon(visit, 'back')}${texts.littleWrite.back}
          </button>
          <button class="btn main" type="button" data-take>${icon(visit, 'check')}${done}</button>
        </div>
      </div>
    </template>
  `;
}

/**
 * The files of a draft, each taken away by one tap, and how much room they take. A script puts a
 * fresh one in its place, with those on their way.
 */
export function tray(visit: Visit, shown: Pick<WritingPage, 'draft' | 'roomBytes'>): Html {
  const { texts, audience, viewer } = visit;
  const { draft, roomBytes } = shown;
  const files = draft?.attachments ?? [];
  const bytes = files.reduce((sum, one) => sum + one.sizeBytes, 0);
  const words = texts.write.files;
  const size = (count: number): string => fileSize(viewer.language, count);
  const total = words.total(files.length, size(bytes), size(roomBytes));
  const where = draft === null ? '' : `/mail/drafts/${draft.ref.uid}`;
  return html`
    <div
      class="tray"
      data-tray
      data-room="${Math.max(0, roomBytes - bytes)}"
      data-too-big="${words.tooBig[audience]('%f', '%r')}"
      data-lost="${words.lost[audience]}"
      data-progress="${words.progress('%p', '%s')}"
      data-checking="${words.checking[audience]}"
      data-stop="${words.stop}"
      ${attributes({ hidden: files.length === 0 })}
    >
      <ul data-clips>
        ${files.map((file) => clip(visit, file, where))}
      </ul>
      <p class="total">
        <span>
          ${files.length === 0 ? '' : total}${files.some(isPicture) ? `. ${words.noPlace[audience]}` : ''}
        </span>
        <span>${words.drag[audience]}</span>
      </p>
    </div>
    <p class="tray-says err" role="alert" data-tray-says hidden></p>
  `;
}

function clip(visit: Visit, file: Attachment, where: string): Html {
  const { texts, viewer } = visit;
  return html`
    <li class="clip file" ${attributes({ 'data-cid': isPicture(file) ? file.contentId : null })}>
      ${thumb(visit, file, where)}
      <span class="what">
        ${isSound(file) ? soundOf(visit, file, where) : NOTHING}
        <a class="cut" href="${where}/file/${file.path}" download>${file.name}</a>
        <span class="small soft">
          ${fileSize(viewer.language, file.sizeBytes)}, ${texts.message.scanned}
        </span>
      </span>
      <button
        class="btn only"
        name="act"
        value="drop ${file.path}"
        data-drop="${file.path}"
        aria-label="${texts.write.remove(file.name)}"
      >
        ${icon(visit, 'close')}
      </button>
    </li>
  `;
}

function thumb(visit: Visit, file: Attachment, where: string): Html {
  const isShown = isPicture(file) && file.sizeBytes <= MAX_THUMB_BYTES;
  const drawn = html`
    <span class="thumb">${icon(visit, drawingOf(file))}</span>
  `;
  return isShown
    ? html`
        <img class="thumb" src="${where}/picture/${file.path}" alt="" loading="lazy" />
      `
    : drawn;
}
