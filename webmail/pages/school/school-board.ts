import type { SchoolId } from '../../../core/ground/ids.ts';
import type { WithModeration } from '../../../core/mail/delivery/holding/contract.ts';
import type {
  ClassSheet,
  ClassMember,
  SchoolClasses,
  Spread,
  WithClasses,
} from '../../../core/school/classes/contract.ts';
import { askWhy } from '../../components/ask-why.ts';
import {
  END_FORM,
  endFields,
  endIn,
  stopButton,
  stopSentence,
} from '../../components/mail-stop.ts';
import { pathOf, troubleOf } from '../../components/school-page.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { coverClass, faceOf, icon, token } from '../../frame/parts.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeCalendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { formPage, MISSING, type Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { classIdOf } from '../../ids.ts';
import { pickedOf, saidOf } from './school-parts.ts';

/** Levels whose classes the ministry caps at 24 pupils. */
const CAPPED: ReadonlySet<string> = new Set(['GS', 'CP', 'CE1']);
const CAP = 24;
/** Names in the line of the last change; more are a number. */
const NAMED = 2;

type FilledEnd = Parameters<typeof endFields>[1];

/** What the page says before its classes, and a stop that was refused. */
interface BoardSaid {
  readonly said?: unknown;
  readonly trouble?: unknown;
  readonly end?: FilledEnd | null;
}

/** GET /school/:school: the classes side by side with their pupils, to be spread over them. */
export async function board(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  { said, trouble, end = null }: BoardSaid,
): Promise<Answer> {
  const all = await visit.core.classes.overview(visit.viewer, school);
  if (all === null) return askWhy(visit, school);
  const words = visit.texts.school.board;
  const isEmpty = all.classes.length === 0 && all.unplaced.length === 0;
  const toStop = all.mailStop === null ? stopForm(visit, school, end) : NOTHING;
  const main = html`
    <main id="main" class="full">
      <div class="scroller">
        <div class="body stack ${isEmpty ? 'narrow' : 'classes-body'}">
          <div class="split">
            <div>
              <h1>${words.title}</h1>
              <p class="soft" id="summary">${summary(visit, all)}</p>
            </div>
            <div class="row acts">${ways(visit, school)}</div>
          </div>
          <div id="told">${saidOf(visit, said)}${troubleOf(visit, trouble)}</div>
          ${all.mailStop === null ? NOTHING : stopped(visit, school, all.mailStop)}
          <p class="vh" role="status" aria-live="polite" id="voice"></p>
          ${isEmpty ? nothingHere('bench', visit.texts.school.board.empty) : spreadForm(visit, all)}
          ${isEmpty ? toStop : NOTHING}
        </div>
        ${isEmpty ? NOTHING : toStop}
      </div>
      ${all.classes.length === 0 ? NOTHING : bar(visit, all)}
    </main>
  `;
  const body = framed(visit, await surroundingsOf(visit), {
    title: words.title,
    section: 'school',
    shelf: null,
    styles: ['school.css'],
    scripts: ['spread.js'],
    main,
  });
  return formPage(body, { refused: end !== null });
}

/** How many classes and pupils; a pupil of two classes is one. */
function summary(visit: Visit, { schoolName, classes, unplaced }: SchoolClasses): string {
  const pupils = new Set(classes.flatMap((one) => one.pupils.map(({ id }) => id)));
  const count = pupils.size + unplaced.length;
  return visit.texts.school.board.summary({
    school: schoolName,
    classes: classes.length,
    count,
    unplaced: unplaced.length,
  });
}

/** The ways to the other pages of the school. */
function ways(visit: Visit, school: SchoolId): Html {
  const { school: words, people, settings } = visit.texts;
  const way = (to: string, drawing: string, text: string) => html`
    <a class="btn" href="${to}">${icon(visit, drawing)}${text}</a>
  `;
  return html`
    ${way(`${pathOf(school)}/new`, 'plus', words.board.fresh)}
    ${visit.viewer.role === 'agent' ? NOTHING : way('/codes', 'print', words.codes)}
    ${way(`/people/${school}`, 'person', people.link)}
    ${way(`${pathOf(school)}/settings`, 'settings', settings.link)}
    ${way(`${pathOf(school)}/trail`, 'eye', words.trail)}
  `;
}

function spreadForm(visit: Visit, all: SchoolClasses): Html {
  const words = visit.texts.school.board;
  return html`
    <p class="small soft" data-how="${words.dragHint}">${words.howTo}</p>
    <form
      id="spread"
      method="post"
      action="${pathOf(all.school)}/spread"
      data-lifted="${words.lifted('%')}"
      data-many="${words.liftedMany}"
      data-cancelled="${words.cancelled}"
      data-failed="${words.failed}"
      data-drop="${words.dropHere}"
    >
      ${token(visit)}
      <div class="spread${all.unplaced.length === 0 ? ' all-placed' : ''}" id="columns">
        ${unplacedColumn(visit, all)}
        <div class="cols" role="group" aria-label="${words.title}" tabindex="0">
          ${all.classes.map((one) => column(visit, all, one))}
        </div>
      </div>
    </form>
  `;
}

function unplacedColumn(visit: Visit, { unplaced }: SchoolClasses): Html {
  const words = visit.texts.school.board;
  const isNobody = unplaced.length === 0;
  const everybody = html`
    <li class="soft small more">${words.everybodyPlaced}</li>
  `;
  return html`
    <section
      class="col sheet${isNobody ? ' nobody' : ''}"
      aria-label="${words.column(words.unplaced, unplaced.length)}"
      data-column="0"
    >
      <header>
        <div class="split">
          <h2 class="h3">${words.unplaced}</h2>
          <span class="num ${isNobody ? 'soft' : 'tone wait'}">${unplaced.length}</span>
        </div>
        <p class="small soft">${isNobody ? words.unplacedHow : words.unplacedHint}</p>
      </header>
      <ul>
        ${isNobody ? everybody : rows(visit, unplaced, { column: '0', levels: [] })}
      </ul>
    </section>
  `;
}

function column(visit: Visit, { school }: SchoolClasses, one: ClassSheet): Html {
  const words = visit.texts.school.board;
  const nobody = html`
    <li class="soft small more">${words.nobody}</li>
  `;
  const teachers = one.teachers.map(({ face }) => face.name).join(', ');
  const ends =
    one.endsOn === null
      ? NOTHING
      : html`
          ${' '}
          <span class="badge wait">
            ${words.endsOn(wholeCalendarDay(visit.viewer.language, one.endsOn))}
          </span>
        `;
  return html`
    <section
      class="col sheet ${coverClass(one.cover)}"
      aria-label="${words.column(one.name, one.pupils.length)}"
      data-column="${one.id}"
    >
      <header>
        <div class="split">
          <h2 class="h3"><a class="link" href="${pathOf(school, one.id)}">${one.name}</a></h2>
          ${size(visit, one)}
        </div>
        <p class="small soft cut">${teachers === '' ? words.noTeacher : teachers}${ends}</p>
        ${levelsLine(visit, one)}
      </header>
      <ul>
        ${one.pupils.length === 0 ? nobody : rows(visit, one.pupils, { column: String(one.id), levels: one.levels })}
      </ul>
    </section>
  `;
}

/** The levels of a class, where its name doesn't say them. */
function levelsLine(visit: Visit, { name, levels }: ClassSheet): Html {
  const untold = levels.filter((level) => !name.toUpperCase().includes(level));
  return untold.length === 0
    ? NOTHING
    : html`
        <p class="small soft cut">${visit.texts.list(levels)}</p>
      `;
}

/** How many pupils, the same of every class; of a capped one, whether that is more than it may. */
function size(visit: Visit, { levels, pupils }: ClassSheet): Html {
  const words = visit.texts.school.board;
  const isCapped = levels.length > 0 && levels.every((level) => CAPPED.has(level));
  const over = isCapped ? pupils.length - CAP : 0;
  if (over <= 0)
    return html`
      <span class="num soft">${words.pupils(pupils.length)}</span>
    `;
  return html`
    <span class="num tone stop">
      ${icon(visit, 'warning')}${words.pupils(pupils.length)}
      <small>${words.over(over, CAP)}</small>
      <span class="vh">, ${words.fullHint}</span>
    </span>
  `;
}

/** Names that stand twice: there the address tells who is who. */
function namesakesIn(pupils: readonly ClassMember[]): ReadonlySet<string> {
  const names = pupils.map(({ face }) => face.name);
  return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}

/** `levels` are those of their class; none for pupils without one. */
function rows(
  visit: Visit,
  pupils: readonly ClassMember[],
  { column, levels }: { readonly column: string; readonly levels: readonly string[] },
): readonly Html[] {
  const namesakes = namesakesIn(pupils);
  return pupils.map((pupil) => row(visit, pupil, { column, namesakes, levels }));
}

interface BoardPlace {
  readonly column: string;
  readonly namesakes: ReadonlySet<string>;
  readonly levels: readonly string[];
}

function row(visit: Visit, { id, face, level, others }: ClassMember, where: BoardPlace): Html {
  const words = visit.texts.school.board;
  const address = where.namesakes.has(face.name)
    ? html`
        <span class="blk small soft cut">${face.address.slice(0, face.address.indexOf('@'))}</span>
      `
    : NOTHING;
  const also =
    others.length === 0
      ? NOTHING
      : html`
          <span class="blk small soft cut">${words.also(visit.texts.list(others))}</span>
        `;
  return html`
    <li data-pupil="${id}" data-name="${face.name}">
      <button class="grip" type="button" hidden aria-pressed="false">
        ${icon(visit, 'drag')}
        <span class="vh">${words.grip(face.name)}</span>
      </button>
      <label class="picks grow">
        <input type="checkbox" name="p" value="${id}-${where.column}" />
        ${faceOf(visit, face, 's')}
        <span class="grow">
          <span class="cut blk">${face.name}</span>
          ${address}${also}
        </span>
        ${level === null || isTold(level, where.levels) ? NOTHING : levelMark(level)}
      </label>
    </li>
  `;
}

/** In a class of one level everybody is of that one. */
const isTold = (level: string, [only, ...more]: readonly string[]): boolean =>
  only === level && more.length === 0;

const levelMark = (level: string): Html => html`
  <span class="soft small">${level}</span>
`;

/** At the head of the page for as long as it holds; what somebody wider stopped they let run. */
function stopped(
  visit: Visit,
  school: SchoolId,
  stop: NonNullable<SchoolClasses['mailStop']>,
): Html {
  const form = html`
    <form method="post" action="${pathOf(school)}/pupil-mail">${stopButton(visit, 'run')}</form>
  `;
  return html`
    <div class="banner stop" id="stopped">
      ${icon(visit, 'warning')}
      <p class="grow">${stopSentence(visit, stop)}</p>
      ${stop.level === 'school' ? form : NOTHING}
    </div>
  `;
}

/** The switch for the mail of all pupils of the school, at the foot of the page. */
function stopForm(visit: Visit, school: SchoolId, end: FilledEnd | null): Html {
  const words = visit.texts.school.stop;
  return html`
    <details class="sheet pad below" id="stopped" ${end === null ? '' : ' open'}>
      <summary>${words.open}</summary>
      <form class="stack inner" method="post" action="${pathOf(school)}/pupil-mail" novalidate>
        <p>${words.what}</p>
        ${endFields(visit, end ?? END_FORM.blank())}
        <div class="row">${stopButton(visit, 'stop')}</div>
      </form>
    </details>
  `;
}

/** POST /school/:school/pupil-mail: stops the mail of all its pupils, or lets it run again. */
export async function pupilMail(
  visit: Visit<FramePart & WithClasses & WithModeration<'stopPupilMail'>>,
  school: SchoolId,
  form: Form,
): Promise<Answer> {
  const { core, viewer } = visit;
  if ((await core.classes.overview(viewer, school)) === null) return MISSING;
  const typed = END_FORM.typedIn(form);
  const stopped = field(form, 'stopped') === '1';
  const outcome = await core.moderation.stopPupilMail(viewer, school, {
    stopped,
    reason: '',
    until: endIn(visit, typed),
  });
  if (outcome === 'missing') return MISSING;
  if (outcome === 'done') return back(school, `said=${stopped ? 'stopped' : 'running'}`);
  const wrong = { untilDay: visit.texts.school.trouble['stop-end'] };
  return board(visit, school, { end: { typed, wrong } });
}

function bar(visit: Visit, all: SchoolClasses): Html {
  const words = visit.texts.school.board;
  return html`
    <div class="bar" id="bar">
      <div class="row">
        <b
          data-chosen
          data-none="${words.chosen(0)}"
          data-one="${words.chosen(1)}"
          data-more="${words.chosen(1234)}"
          hidden
        >
          ${words.chosen(0)}
        </b>
        <label class="vh" for="to">${words.target}</label>
        <select id="to" name="to" form="spread">
          <option value="">${words.choose}</option>
          ${all.classes.map(
            (one) => html`
              <option value="${one.id}">${one.name}</option>
            `,
          )}
        </select>
        <button class="btn main" name="way" value="move" form="spread">
          ${icon(visit, 'arrow')}${words.move}
        </button>
        <button class="btn" name="way" value="add" form="spread">
          ${icon(visit, 'plus')}${words.add}
        </button>
        <button class="btn" name="way" value="take-out" form="spread">
          ${icon(visit, 'close')}${words.takeOut}
        </button>
      </div>
      ${undoForm(visit, all)}
    </div>
  `;
}

function undoForm(visit: Visit, { lastMove, school }: SchoolClasses): Html {
  if (lastMove === null) return NOTHING;
  const words = visit.texts.school.board;
  const { names, to } = lastMove;
  const said =
    names.length > NAMED
      ? words.lastMany(names.length, to)
      : words.last(visit.texts.list(names), to);
  return html`
    <form class="row end" method="post" action="${pathOf(school)}/undo">
      ${token(visit)}
      <span class="small soft last cut">${said}</span>
      <button class="btn">
        ${icon(visit, 'undo')}${words.undo}
        <span class="vh">, ${said}</span>
      </button>
    </form>
  `;
}

const SAID = { move: 'moved', add: 'added', 'take-out': 'out' } as const;

/**
 * POST /school/:school/spread: the ticked pupils into the chosen class, into it as well, or out of
 * theirs.
 */
export async function spread(
  visit: Visit<WithClasses>,
  school: SchoolId,
  form: Form,
): Promise<Answer> {
  const way =
    (['move', 'add', 'take-out'] as const).find((one) => one === field(form, 'way')) ?? 'move';
  const named = fieldsOf(form, 'p');
  const pupils = named.flatMap((one) => pickedOf(one) ?? []);
  const to = way === 'take-out' ? null : classIdOf(field(form, 'to'));
  if (
    pupils.length !== named.length ||
    (way !== 'take-out' && to === null && field(form, 'to') !== '')
  )
    return MISSING;
  if (pupils.length === 0 || (way !== 'take-out' && to === null)) {
    // Nothing is to be done that would ask the right to do it, so it is asked here.
    return (await visit.core.classes.overview(visit.viewer, school)) === null
      ? MISSING
      : back(school, 'trouble=nobody');
  }
  const wanted: Spread = { pupils, way, to };
  const acted = await visit.core.classes.spread(visit.viewer, school, wanted);
  if (acted.kind === 'trouble') return back(school, `trouble=${acted.why}`);
  return acted.kind === 'done' ? back(school, `said=${SAID[way]}`) : MISSING;
}

/** POST /school/:school/undo: the last move of pupils, taken back. */
export async function undo(visit: Visit<WithClasses>, school: SchoolId): Promise<Answer> {
  const acted = await visit.core.classes.undoLast(visit.viewer, school);
  if (acted.kind === 'trouble') return back(school, `trouble=${acted.why}`);
  return acted.kind === 'done' ? back(school, 'said=undone') : MISSING;
}

function back(school: SchoolId, query: string): Answer {
  return { kind: 'go', to: `${pathOf(school)}?${query}` };
}
