import type { AddressId, HandedFileId } from '../../../core/ground/ids.ts';
import type { BroughtFile } from '../../../core/school/cupboard/contract.ts';
import type {
  BoxRef,
  BoxView,
  GivenBack,
  PupilsPart,
} from '../../../core/school/hand-in/contract.ts';
import { fileField } from '../../components/file-field.ts';
import { commas, faceOf, icon, token } from '../../frame/parts.ts';
import { alertBanner, saidBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, TEXT_BEGINS, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { drawPick, voicePick } from '../writing/attachments.ts';
import { ownPart } from './box-own.ts';
import { boxPath, fileLine, untilWords, type BoxPart } from './box-parts.ts';
import { againForm, comeList, type Waiting } from './coming.ts';
import { cupboardPage } from './page.ts';
import { cupboardPath } from './parts.ts';

/** What a page of a box says besides what was handed in. */
interface BoxSaid {
  /** At whose part a teacher looks. */
  readonly looked: AddressId | null;
  /** On which of their drawings the teacher draws. */
  readonly on?: HandedFileId | null;
  readonly said: unknown;
  readonly troubles: readonly string[];
  /** Files that have come and lie nowhere yet. */
  readonly again?: Waiting | null;
  /** What a teacher has written and isn't given back yet. */
  readonly typed?: Pick<GivenBack, 'stamp' | 'word'> | null;
}

/** GET /boxes/:school/:box: before a teacher who has handed in; before a pupil their own part. */
export async function showBox(
  given: Visit<BoxPart>,
  ref: BoxRef,
  { looked, on = null, said, troubles, again = null, typed = null }: BoxSaid,
): Promise<Answer> {
  const box = await given.core.handIns.box(given.viewer, ref, looked);
  if (box === null) return MISSING;
  const visit = atSchool(given, box);
  const words = visit.texts.boxes;
  const view = {
    cupboard: box.cupboard,
    name: box.className,
    children: [],
    way: [],
    stand: box.own === null ? 'teacher' : 'child',
  } as const;
  const isInForm = again?.action === `${boxPath(box.ref)}/back`;
  return cupboardPage(visit, view, {
    title: box.name,
    brings: box.own?.mayHand === true,
    speaks: box.own === null || box.own.mayHand,
    refused: troubles.length > 0,
    content: html`
      ${troubles.map((one) => alertBanner(visit, 'wait', one))}
      ${saidBanner(visit, words.said, said)}
      ${again === null || isInForm || again.files.length === 0 ? NOTHING : againForm(visit, again)}
      ${
        box.own === null
          ? desk(visit, box, { looked, on, typed, waiting: isInForm ? again.files : [] })
          : ownPart(visit, box, box.own)
      }
    `,
  });
}

/** At whose work a teacher looks, and what they have begun to give back. */
interface AtWork {
  readonly looked: AddressId | null;
  readonly on: HandedFileId | null;
  readonly typed: Pick<GivenBack, 'stamp' | 'word'> | null;
  readonly waiting: readonly BroughtFile[];
}

/** The number is the title; then those who have and haven't, and one of them beside. */
function desk(visit: Visit, box: BoxView, at: AtWork): Html {
  const words = visit.texts.boxes;
  const chosen = box.parts.find(({ pupil }) => pupil === at.looked) ?? null;
  return html`
    <div class="box-head">
      <a class="btn quiet" href="${cupboardPath(box.cupboard)}">
        ${icon(visit, 'back')}${visit.texts.cupboards.back}
      </a>
      <div class="grow">
        <h2 class="h1">${words.headline(box.handed, box.of)}</h2>
        <p class="soft">${box.name}, ${untilWords(visit, box)}</p>
      </div>
      <div class="acts-line">
        <a class="btn" href="${boxPath(box.ref)}/change">${icon(visit, 'write')}${words.change}</a>
      </div>
    </div>
    <div class="class-grid${chosen === null ? '' : ' opened'}">
      <div>
        <section class="sheet" aria-label="${words.pupils}">
          <ul class="pupils">
            ${box.parts.map((part) => pupilTile(visit, box, { part, chosen }))}
          </ul>
        </section>
        ${box.asks === '' ? NOTHING : asked(visit, box)}
      </div>
      <aside
        id="work"
        aria-label="${chosen === null ? words.choose : words.workOf(chosen.face.name)}"
      >
        ${chosen === null ? choose(visit) : work(visit, box, { part: chosen, at })}
      </aside>
    </div>
  `;
}

const choose = ({ texts }: Visit): Html => html`
  <p class="sheet pad soft">${texts.boxes.choose}</p>
`;

const asked = ({ texts }: Visit, { asks }: BoxView): Html => html`
  <section class="sheet pad asked">
    <p><b>${texts.boxes.asks}</b></p>
    <p>${asks}</p>
  </section>
`;

const MARKS = { none: null, handed: 'tray', back: 'check', again: 'undo' } as const;

function pupilTile(
  visit: Visit,
  { ref }: BoxView,
  { part, chosen }: { readonly part: PupilsPart; readonly chosen: PupilsPart | null },
): Html {
  const words = visit.texts.boxes;
  const { face, state, isLate, pupil } = part;
  const drawing = MARKS[state];
  const mark = html`
    <span class="mark ${state}">${icon(visit, drawing ?? 'hold')}</span>
  `;
  return html`
    <li>
      <a
        href="${boxPath(ref)}?pupil=${pupil}#work"
        ${attributes({
          class: state === 'none' ? 'not-in' : null,
          'aria-current': pupil === chosen?.pupil ? 'true' : null,
        })}
      >
        ${faceOf(visit, face)}
        <span>${face.name}</span>
        ${drawing === null ? NOTHING : mark}
        <small>${commas(words.states[state], isLate ? words.late : '')}</small>
      </a>
    </li>
  `;
}

/** What one pupil handed in, and what its teacher does with it just now. */
interface PupilsWork {
  readonly part: PupilsPart;
  readonly at: AtWork;
}

/** What one pupil handed in, and the way back to them. */
function work(visit: Visit, box: BoxView, { part, at }: PupilsWork): Html {
  const words = visit.texts.boxes;
  const { face, files, handedAt, isLate } = part;
  const name = face.name;
  return html`
    <section class="sheet work">
      <div class="id">
        ${faceOf(visit, face)}
        <div>
          <h3 class="h2">${name}</h3>
          <p class="soft small">
            ${
              handedAt === null
                ? words.notYet(name)
                : commas(words.handedOn(longDate(visit.clock, handedAt)), isLate ? words.late : '')
            }
          </p>
        </div>
      </div>
      <ul class="handed">
        ${files.map(
          (file) => html`
            <li>
              ${fileLine(visit, file, `${boxPath(box.ref)}/files/${file.id}`)}
              ${file.mediaType === 'image/png' ? drawOnIt(visit, box, { pupil: part.pupil, file: file.id }) : NOTHING}
            </li>
          `,
        )}
      </ul>
      ${part.state === 'none' ? NOTHING : backForm(visit, box, { part, at })}
    </section>
  `;
}

export const STAMPS = ['bravo', 'done', 'again'] as const;
const STAMP_ICONS = { bravo: 'star', done: 'check', again: 'undo' } as const;

/** To a pad over this drawing: what is drawn is given back beside it. */
const drawOnIt = (
  visit: Visit,
  { ref }: BoxView,
  { pupil, file }: Pick<PupilsPart, 'pupil'> & { readonly file: HandedFileId },
): Html => html`
  <a class="btn mini" href="${boxPath(ref)}?pupil=${pupil}&on=${file}#work">
    ${icon(visit, 'drawing')}${visit.texts.write.drawOn}
  </a>
`;

/** A stamp, a word, and one press. */
function backForm(
  visit: Visit,
  { ref }: BoxView,
  { part, at: { on, typed, waiting } }: PupilsWork,
): Html {
  const { pupil, face, givenBack, files } = part;
  const words = visit.texts.boxes;
  const { stamp, word } = typed ?? givenBack ?? { stamp: 'bravo', word: '' };
  const { name } = face;
  const under = files.some(({ id, mediaType }) => id === on && mediaType === 'image/png')
    ? { src: `${boxPath(ref)}/files/${on}?as=picture` }
    : null;
  return html`
    <form method="post" action="${boxPath(ref)}/back" enctype="multipart/form-data" novalidate>
      ${token(visit)}
      <input type="hidden" name="pupil" value="${pupil}" />
      <fieldset>
        <legend class="lab small">${words.stamp}</legend>
        <div class="stamps">
          ${STAMPS.map(
            (one) => html`
              <input
                class="vh"
                type="radio"
                name="stamp"
                id="stamp-${one}"
                value="${one}"
                ${attributes({ checked: stamp === one })}
              />
              <label for="stamp-${one}">${icon(visit, STAMP_ICONS[one])}${words.stamps[one]}</label>
            `,
          )}
        </div>
      </fieldset>
      <div class="field">
        <label for="word">${words.word(name)}</label>
        <textarea id="word" name="word" rows="3" maxlength="1000">${TEXT_BEGINS}${word}</textarea>
      </div>
      ${waiting.length === 0 ? NOTHING : comeList(visit, waiting)}
      ${fileField(visit, {
        label: words.sayBack,
        hint: words.sayBackHint,
        name: 'files',
        multiple: true,
        accept: 'audio/*,image/*',
        takesMade: true,
        keepsMade: true,
      })}
      <p class="row">${voicePick(visit)} ${drawPick(visit, under)}</p>
      <p class="err" role="alert" data-tray-says hidden></p>
      <button class="btn main">
        ${icon(visit, 'reply')}
        ${givenBack === null ? words.giveBack(name) : words.giveBackAgain(name)}
      </button>
      <p class="hint">${words.onlyThey(name)}</p>
    </form>
  `;
}
