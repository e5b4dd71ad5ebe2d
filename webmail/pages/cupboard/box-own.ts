import type {
  HandInBox,
  BoxView,
  GivenBack,
  NotebookPage,
  PupilsPart,
} from '../../../core/school/hand-in/contract.ts';
import { fileField } from '../../components/file-field.ts';
import { listenButton } from '../../components/listen-button.ts';
import { backLink, calledOf, faceOf, icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay, wholeDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { boxPath, fileLine } from './box-parts.ts';
import { comingBox, voiceLine, type ComingLimits } from './coming.ts';
import { cupboardPath } from './parts.ts';

/** What a pupil has to hand in, above what lies in the class's cupboard. */
export function tasks(visit: Visit, boxes: readonly HandInBox[]): Html {
  const words = visit.texts.boxes;
  return html`
    <section class="woodbox" aria-labelledby="tohand">
      <h2 class="task" id="tohand">${words.toHand}</h2>
      ${boxes.map((box) => task(visit, box))}
      ${
        boxes.length > 0
          ? NOTHING
          : html`
              <p class="task soft">${words.nothingToHand}</p>
            `
      }
      <p class="task">
        <a class="btn" href="/notebook">${icon(visit, 'book')}${words.notebook}</a>
      </p>
    </section>
  `;
}

function task(visit: Visit, box: HandInBox): Html {
  const words = visit.texts.boxes;
  const { own } = box;
  const isToDo = own === null || own.state === 'none' || own.state === 'again';
  return html`
    <div class="task">
      <p class="due"><b>${box.name}</b></p>
      ${
        isToDo
          ? html`
              <p>${box.asks}</p>
            `
          : NOTHING
      }
      <p class="row">${own === null ? NOTHING : badge(visit, box, own)}</p>
      ${own?.givenBack ? wordBack(visit, own.givenBack) : NOTHING}
      <p class="row">
        <a class="btn${isToDo ? ' main' : ''}" href="${boxPath(box.ref)}">
          ${icon(visit, 'tray')}${isToDo ? words.hand : words.open}
          <span class="vh">${visit.texts.colon}${box.name}</span>
        </a>
      </p>
    </div>
  `;
}

/** In a word: for when, handed in, given back. */
function badge(visit: Visit, { untilDay, isOver }: HandInBox, { state, isLate }: PupilsPart): Html {
  const words = visit.texts.boxes;
  const day = words.for(calendarDay(visit.viewer.language, untilDay));
  if (state === 'none' || state === 'again')
    return html`
      <span class="badge ${isOver ? 'stop' : 'wait'}">
        ${icon(visit, 'calendar')}${state === 'again' ? words.again : day}
      </span>
    `;
  return html`
    <span class="badge ok">
      ${icon(visit, 'check')}${state === 'back' ? words.isBack : words.handed}
    </span>
    ${
      isLate
        ? html`
            <span class="badge">${words.lateYours}</span>
          `
        : NOTHING
    }
  `;
}

/** The stamp and the word of whoever gave it back. */
function wordBack(visit: Visit, { stamp, word, by }: GivenBack): Html {
  const words = visit.texts.boxes;
  return html`
    <div class="word-back">
      ${by === null ? NOTHING : faceOf(visit, by)}
      <p>
        <b>${by === null ? '' : calledOf(by)}</b>
        <br />
        <span class="stamped">${words.stamps[stamp]}</span>
        <span>${word}</span>
      </p>
    </div>
  `;
}

/** The same with the way to what was said or drawn with it. */
const back = (visit: Visit, given: GivenBack): Html => html`
  ${wordBack(visit, given)}
  <p class="row">
    <a class="btn" href="/notebook">${icon(visit, 'book')}${visit.texts.boxes.seeNotebook}</a>
  </p>
`;

/** A pupil's own part of a box: what is asked, what they gave, and the way to give more. */
export function ownPart(visit: Visit, box: BoxView, part: PupilsPart): Html {
  const words = visit.texts.boxes;
  return html`
    ${backLink(visit, cupboardPath(box.cupboard), visit.texts.cupboards.back)}
    <section class="woodbox">
      <div class="task" id="asked">
        <p>${box.asks}</p>
        <p class="row">${badge(visit, box, part)}</p>
        ${box.asks === '' ? NOTHING : listenButton(visit, '#asked', 'fr')}
        ${part.givenBack === null ? NOTHING : back(visit, part.givenBack)}
      </div>
      <div class="task">
        <h2>${words.yourPart}</h2>
        ${
          part.files.length === 0
            ? html`
                <p class="soft">${words.nothing}</p>
              `
            : NOTHING
        }
        <ul class="handed">
          ${part.files.map((file) => ownFile(visit, box, { part, file }))}
        </ul>
        ${part.mayHand ? handForm(visit, box, part) : NOTHING}
        ${
          box.isClosed
            ? html`
                <p class="soft">${words.closedYours}</p>
              `
            : NOTHING
        }
      </div>
    </section>
  `;
}

function ownFile(
  visit: Visit,
  { ref }: HandInBox,
  { part, file }: { readonly part: PupilsPart; readonly file: PupilsPart['files'][number] },
): Html {
  const back = html`
    <form method="post" action="${boxPath(ref)}/take-back">
      ${token(visit)}
      <input type="hidden" name="file" value="${file.id}" />
      <button class="btn mini">${icon(visit, 'undo')}${visit.texts.boxes.takeBack}</button>
    </form>
  `;
  return html`
    <li>
      ${fileLine(visit, file, `${boxPath(ref)}/files/${file.id}`)}
      ${part.mayTakeBack ? back : NOTHING}
    </li>
  `;
}

/** All that is handed in at once, and how many files lie in a box. */
const MOST_HANDED = 25_000_000;
const MOST_FILES = 10;
const handLimits = (before: number): ComingLimits => ({
  fileBytes: MOST_HANDED,
  filmBytes: MOST_HANDED,
  roomBytes: MOST_HANDED,
  files: Math.max(0, MOST_FILES - before),
});

function handForm(visit: Visit, { ref }: HandInBox, { files }: PupilsPart): Html {
  const words = visit.texts.boxes;
  return html`
    <form
      class="dropzone"
      method="post"
      action="${boxPath(ref)}/hand"
      enctype="multipart/form-data"
      novalidate
    >
      ${token(visit)}
      ${fileField(visit, {
        label: words.add,
        hint: words.addHint,
        name: 'files',
        accept: '',
        multiple: true,
        takesMade: true,
      })}
      ${voiceLine(visit)} ${comingBox(visit, handLimits(files.length), { waits: true })}
      <button class="btn main">
        ${icon(visit, 'tray')}${files.length === 0 ? words.hand : words.handMore}
      </button>
    </form>
  `;
}

/** What was given back together: the work, and what its teacher said or drew. */
export function givenTogether(
  pages: readonly NotebookPage[],
): readonly (readonly NotebookPage[])[] {
  const together = new Map<string, NotebookPage[]>();
  for (const page of pages) {
    const key = `${page.at.getTime()} ${page.boxName}`;
    together.set(key, [...(together.get(key) ?? []), page]);
  }
  return [...together.values()];
}

/** A page of the notebook. */
export function notebookPage(visit: Visit, pages: readonly NotebookPage[]): Html {
  const words = visit.texts.boxes;
  const [first] = pages;
  if (first === undefined) return NOTHING;
  return html`
    <li class="sheet pad">
      <h3>${first.boxName}</h3>
      <p class="small soft">${words.from(first.teacherName, wholeDay(visit.clock, first.at))}</p>
      ${pages.map((page) => fileLine(visit, page, `/notebook/${page.page}/content`))}
      <p>
        <span class="stamped">${words.stamps[first.stamp]}</span>
        <span>${first.word}</span>
      </p>
    </li>
  `;
}
