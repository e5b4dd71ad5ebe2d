import type { ClassId, CupboardItemId } from '../../../core/ground/ids.ts';
import type {
  BroughtFile,
  FolderAt,
  FolderView,
  SharedPlace,
} from '../../../core/school/cupboard/contract.ts';
import type { HandInBox } from '../../../core/school/hand-in/contract.ts';
import type { OwnClassDetails } from '../../../core/school/teaching/contract.ts';
import { fileField } from '../../components/file-field.ts';
import { formOf, isRefused, type Filled } from '../../components/form.ts';
import { icon, token } from '../../frame/parts.ts';
import { alertBanner, doneBanner, saidBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { capital, fileSize, roomSize } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { MAX_FILES } from '../../http/forms.ts';
import { cupboardItemIdOf, countOf } from '../../ids.ts';
import { tasks } from './box-own.ts';
import { boxPath, untilWords, type BoxPart } from './box-parts.ts';
import { againForm, comingBox, voiceLine, type ComingLimits, type Waiting } from './coming.ts';
import { showFile } from './file.ts';
import { findForm } from './find.ts';
import { rows, shelf } from './item-row.ts';
import { largestPath } from './largest.ts';
import { movedBanner } from './move.ts';
import { cupboardPage, trail } from './page.ts';
import {
  cupboardPath,
  cupboardRefOf,
  cupboardTitle,
  folderPath,
  furtherPath,
  placeOf,
  type CupboardNames,
} from './parts.ts';

/** A folder to be made. */
export const NEW_FOLDER = formOf({ name: { most: 120, isRequired: true } });
type NewFolder = Filled<'name'>;

/** What a page of a folder says besides what lies there. */
interface Said {
  readonly after: CupboardItemId | null;
  /** What was done before, by the address. */
  readonly said: unknown;
  readonly count: unknown;
  /** What was moved here, and from where. */
  readonly moved: { readonly item?: unknown; readonly from?: unknown };
  /** Sentences of what could not be done. */
  readonly troubles: readonly string[];
  /** Files that have come and could not be looked at: they wait for another try. */
  readonly again: readonly BroughtFile[];
  readonly newFolder: NewFolder;
  readonly details: OwnClassDetails | null;
}

const QUIET: Said = {
  after: null,
  said: null,
  count: null,
  moved: {},
  troubles: [],
  again: [],
  newFolder: NEW_FOLDER.blank(),
  details: null,
};

interface FolderQuery {
  readonly said?: unknown;
  readonly n?: unknown;
  readonly item?: unknown;
  readonly from?: unknown;
  readonly after?: unknown;
}

const saidBy = ({ said, n, item, from, after }: FolderQuery): Partial<Said> => ({
  said,
  count: n,
  moved: { item, from },
  after: cupboardItemIdOf(after),
});

/** GET /cupboards/:school/:cupboard: the top of a class's cupboard. */
export function cupboard(
  visit: Visit<BoxPart>,
  names: CupboardNames,
  query: FolderQuery,
): Promise<Answer> {
  return showFolder(visit, cupboardRefOf(names), saidBy(query));
}

/** GET /classes/:class/cupboard: the same among the tabs of a class. */
export async function classCupboard(
  visit: Visit<BoxPart>,
  id: ClassId,
  query: FolderQuery,
): Promise<Answer> {
  const details = await visit.core.teaching.classDetails(visit.viewer, id);
  if (details === null) return MISSING;
  const at = { school: details.school, classId: id };
  return showFolder(visit, at, { ...saidBy(query), details });
}

/** GET /stored/:school/:item: a folder with what lies in it, or a file. */
export async function stored(
  visit: Visit<BoxPart>,
  ref: Extract<FolderAt, { readonly item: unknown }>,
  query: FolderQuery,
): Promise<Answer> {
  const file = await visit.core.cupboards.file(visit.viewer, ref);
  return file === null ? showFolder(visit, ref, saidBy(query)) : showFile(visit, file, query.said);
}

/** A folder, and what is to be said of what was done there. */
export async function showFolder(
  given: Visit<BoxPart>,
  at: FolderAt,
  some: Partial<Said>,
): Promise<Answer> {
  const said = { ...QUIET, ...some };
  const view = await given.core.cupboards.folder(given.viewer, at, said.after);
  if (view === null) return MISSING;
  const visit = atSchool(given, view);
  const { cupboard: ref } = view;
  const boxes =
    view.folder === null && 'classId' in ref
      ? await given.core.handIns.boxes(given.viewer, ref)
      : [];
  return cupboardPage(visit, view, {
    title: view.folder?.name ?? cupboardTitle(visit, view),
    refused: said.troubles.length > 0 || isRefused(said.newFolder),
    details: said.details,
    brings: view.mayPut,
    speaks: view.mayPut,
    acts: view.mayPut ? addLink(visit) : NOTHING,
    content: html`
      ${said.troubles.map((one) => alertBanner(visit, 'wait', one))} ${doneLine(visit, view, said)}
      ${said.again.length === 0 ? NOTHING : againForm(visit, againIn(visit, view, said.again))}
      ${view.folder === null && view.stand === 'child' && 'classId' in ref ? tasks(visit, boxes) : NOTHING}
      ${view.folder === null && 'place' in ref ? whoReads(visit, ref.place, view) : NOTHING}
      ${inside(visit, view, { said, boxes })}
    `,
  });
}

const againIn = (visit: Visit, view: FolderView, files: readonly BroughtFile[]): Waiting => ({
  files,
  action: `${folderPath(placeOf(view))}/put`,
  act: visit.texts.cupboards[view.stand === 'owner' ? 'store' : 'again'],
});

/** Who else opens it, for who puts something there. */
function whoReads({ texts }: Visit, place: SharedPlace, { mayPut }: FolderView): Html {
  if (!mayPut) return NOTHING;
  return html`
    <p class="soft">${texts.cupboards.seenBy[place]}</p>
  `;
}

/** What the address says has just been done. */
function doneLine(visit: Visit, { cupboard: { school } }: FolderView, one: Said): Html {
  const { said, count, moved } = one;
  if (said === 'moved') return movedBanner(visit, school, moved);
  const { cupboards: words } = visit.texts;
  const many = said === 'put' ? (countOf(count) ?? 1) : 1;
  if (many > 1) return doneBanner(visit, words.some(many));
  return saidBanner(visit, words.said, said);
}

const addLink = (visit: Visit): Html => html`
  <div class="acts-line">
    <a class="btn main" href="#put">${icon(visit, 'plus')}${visit.texts.cupboards.add}</a>
  </div>
`;

function inside(
  visit: Visit,
  view: FolderView,
  { said, boxes }: { readonly said: Said; readonly boxes: readonly HandInBox[] },
): Html {
  const { fill } = view;
  const main = html`
    <div class="grow">${lying(visit, view, said)}</div>
  `;
  return fill === null
    ? main
    : html`
        <div class="store">
          ${main}
          <aside class="aside-c" aria-label="${visit.texts.cupboards.place}">
            ${view.folder === null && 'classId' in view.cupboard ? boxList(visit, view, boxes) : NOTHING}
            ${room(visit, view, fill)}
          </aside>
        </div>
      `;
}

/** At the top folders stand on a shelf; elsewhere they are the first lines. */
function lying(visit: Visit, view: FolderView, said: Said): Html {
  const isTop = view.folder === null;
  const folders = isTop ? view.items.filter(({ kind }) => kind === 'folder') : [];
  const items = isTop ? view.items.filter(({ kind }) => kind === 'file') : view.items;
  const making = view.mayDivide ? folderForm(visit, view, said.newFolder) : NOTHING;
  const end = html`
    ${view.items.length === 0 ? NOTHING : zipLink(visit, view)} ${making}
  `;
  const top = html`
    <div class="trail"><div class="end">${end}</div></div>
  `;
  return html`
    ${isTop && view.items.length > 0 ? findForm(visit, view.cupboard) : NOTHING}
    ${folders.length === 0 ? NOTHING : shelf(visit, folders)}
    <section class="sheet in-folder">
      ${isTop ? (view.mayDivide ? top : NOTHING) : trail(visit, view, end)}
      ${view.items.length === 0 ? nothing(visit, view) : NOTHING}
      ${items.length === 0 ? NOTHING : rows(visit, items)} ${turning(visit, view, said.after)}
      ${view.mayPut ? putForm(visit, view) : NOTHING}
    </section>
  `;
}

const zipLink = (visit: Visit, view: FolderView): Html => html`
  <a class="btn mini quiet" href="${folderPath(placeOf(view))}/all.zip" download>
    ${icon(visit, 'download')}${visit.texts.cupboards.zip}
  </a>
`;

const nothing = ({ texts, audience }: Visit, { stand }: FolderView): Html => html`
  <p class="bare soft">${texts.cupboards.empty[stand === 'teacher' ? 'teacher' : audience]}</p>
`;

function turning(visit: Visit, view: FolderView, after: CupboardItemId | null): Html {
  const words = visit.texts.cupboards;
  const at = placeOf(view);
  const back = html`
    <a class="btn" href="${folderPath(at)}">${words.first}</a>
  `;
  if (after === null && view.further === null) return NOTHING;
  return html`
    <p class="row turning">
      ${after === null ? NOTHING : back}
      ${
        view.further === null
          ? NOTHING
          : html`
              <a class="btn" href="${furtherPath(at, view.further)}">
                ${words.further}${icon(visit, 'arrow')}
              </a>
            `
      }
    </p>
  `;
}

/** What a file, and a film, may have here: said before it comes. */
const roomFor = ({ fill, most: { fileBytes, filmBytes } }: FolderView): ComingLimits => {
  const roomBytes = fill === null ? Infinity : Math.max(0, fill.mostBytes - fill.bytes);
  return { fileBytes, filmBytes, roomBytes, files: MAX_FILES };
};

/** Files to be put here; a script takes them as they are dropped. */
function putForm(visit: Visit, view: FolderView): Html {
  const words = visit.texts.cupboards;
  const open = html`
    <p class="hint">${words.openedToYou}</p>
  `;
  const each = words.addEach(fileSize(visit.viewer.language, view.most.fileBytes));
  if (view.most.fileBytes === 0)
    return html`
      <p class="dropzone err" id="put">${capital(words.troubles['no-disk'])}</p>
    `;
  return html`
    <form
      class="dropzone"
      id="put"
      method="post"
      action="${folderPath(placeOf(view))}/put"
      enctype="multipart/form-data"
      novalidate
    >
      ${token(visit)} ${view.stand === 'child' ? open : NOTHING}
      ${fileField(visit, {
        label: words.add,
        hint: words.addHint,
        name: 'files',
        accept: '',
        multiple: true,
        takesMade: true,
      })}
      ${voiceLine(visit)}
      ${view.most.filmBytes > view.most.fileBytes ? films(visit, view) : NOTHING}
      ${comingBox(visit, roomFor(view), { each })}
      <button class="btn main">${icon(visit, 'cupboard')}${words.addDo[visit.audience]}</button>
    </form>
  `;
}

const films = ({ texts, viewer }: Visit, { most }: FolderView): Html => html`
  <p class="hint">${texts.cupboards.filmHint(fileSize(viewer.language, most.filmBytes))}</p>
`;

function folderForm(visit: Visit, view: FolderView, filled: NewFolder): Html {
  const words = visit.texts.cupboards;
  const isTop = view.folder === null;
  const fields = NEW_FOLDER.shown(visit, filled);
  return html`
    <details class="fold" ${attributes({ open: isRefused(filled) })}>
      <summary class="btn mini quiet">
        ${icon(visit, 'folder')}${isTop && 'classId' in view.cupboard ? words.newBook : words.newFolder}
      </summary>
      <form method="post" action="${folderPath(placeOf(view))}/folder" novalidate>
        ${token(visit)}
        ${fields.line('name', { id: 'folder', label: words.folderName, hint: words.folderHint })}
        <button class="btn">${icon(visit, 'plus')}${words.makeFolder}</button>
      </form>
    </details>
  `;
}

/** The boxes of the class, each with how many have handed in. */
function boxList(visit: Visit, { cupboard: ref }: FolderView, boxes: readonly HandInBox[]): Html {
  const words = visit.texts.boxes;
  return html`
    <section class="sheet" aria-labelledby="boxes">
      <h2 id="boxes">${words.title}</h2>
      ${
        boxes.length > 0
          ? NOTHING
          : html`
              <p class="hint">${words.none}</p>
            `
      }
      <ul class="boxes">
        ${boxes.map(
          (box) => html`
            <li>
              ${icon(visit, box.handed === box.of ? 'check' : 'tray')}
              <span>
                <a href="${boxPath(box.ref)}"><b>${box.name}</b></a>
                <br />
                <span class="small soft">
                  ${words.count(box.handed, box.of)}, ${untilWords(visit, box)}
                </span>
              </span>
            </li>
          `,
        )}
      </ul>
      <p class="row">
        <a class="btn" href="${cupboardPath(ref)}/box">${icon(visit, 'tray')}${words.new}</a>
      </p>
    </section>
  `;
}

/** How full it is, and what was thrown away. */
function room(
  visit: Visit,
  { cupboard: ref }: FolderView,
  { bytes, mostBytes }: NonNullable<FolderView['fill']>,
): Html {
  const words = visit.texts.cupboards;
  const { language } = visit.viewer;
  return html`
    <section class="sheet" aria-labelledby="room">
      <h2 id="room">${words.place}</h2>
      <p id="fill">${words.placeOf(fileSize(language, bytes), roomSize(language, mostBytes))}</p>
      <progress value="${bytes}" max="${mostBytes}" aria-labelledby="fill"></progress>
      <p class="row">
        <a class="btn mini" href="${largestPath(ref)}">
          ${icon(visit, 'sort')}${words.largest.title}
        </a>
        <a class="btn mini" href="${cupboardPath(ref)}/bin">${icon(visit, 'trash')}${words.bin}</a>
      </p>
      <p class="hint">${words.placeHint}</p>
      ${
        visit.audience === 'child'
          ? NOTHING
          : html`
              <p class="hint">${words.noProgram}</p>
            `
      }
    </section>
  `;
}
