import { actsForTown } from '../../../core/rules/viewer.ts';
import type { WithClasses } from '../../../core/school/classes/contract.ts';
import type {
  TownMailStops,
  WithSchoolSettings,
} from '../../../core/school/school-settings/contract.ts';
import type { SchoolStanding, TownSchool, WithTown } from '../../../core/town/town/contract.ts';
import { stopSentence } from '../../components/mail-stop.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { standingBanner } from '../../frame/notices.ts';
import { commas, icon } from '../../frame/parts.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate, wholeCalendarDay } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';
import { numberOf } from '../../ids.ts';
import { plain } from './find-school.ts';
import { DUTIES, leftFor, pathOfDuty, saysDuty, type Duty } from './left-to-do.ts';

/** So many schools stand on one page. */
const OF_A_PAGE = 60;

/** Which schools are shown: those with something left to do, or with one certain thing. */
type Shown = 'all' | 'to-do' | Duty;
const CHOICES: readonly Shown[] = ['to-do', 'all', ...DUTIES];

/** A school with its commune, how it stands, and what is left to do; no state: it is closed. */
interface Line {
  readonly school: TownSchool;
  readonly commune: string;
  readonly state: SchoolStanding | null;
  readonly left: readonly Duty[];
  /** The agent has said why they are there. */
  readonly isOpened: boolean;
}

interface AskedSchools {
  readonly find: string;
  readonly show: unknown;
  readonly page: unknown;
}

/** GET /school of an agent: every school and how it stands, those with something to do first. */
export async function townSchools(
  visit: Visit<FramePart & WithClasses & WithSchoolSettings<'mailStops'> & WithTown>,
  asked: AskedSchools,
): Promise<Answer> {
  const { town, classes, schoolSettings } = visit.core;
  const [surroundings, known, communes, states, opened, stops] = await Promise.all([
    surroundingsOf(visit),
    town.schools(visit.viewer),
    town.communes(visit.viewer),
    town.schoolStandings(visit.viewer),
    classes.schools(visit.viewer),
    schoolSettings.mailStops(visit.viewer),
  ]);
  if (known === null || communes === null || states === null) return MISSING;
  const communeNames = new Map(communes.map(({ id, name }) => [id, name]));
  const openedIds = new Set(opened.filter(({ open }) => open).map(({ id }) => id));
  const all = known.map((school) => {
    const state = states.get(school.id) ?? null;
    return {
      school,
      commune: communeNames.get(school.commune ?? 0) ?? '',
      state,
      left: state === null ? [] : leftFor(state),
      isOpened: openedIds.has(school.id),
    };
  });
  const words = visit.texts.townSchools.list;
  const title = words.title(countOf(all, 'to-do'), all.length);
  const main = html`
    <main id="main" class="body">
      ${headLine(visit, all.length === 0 ? visit.texts.school.schools.titleTown : title)}
      ${standingBanner(visit, surroundings.standing)}
      ${stopsOf(stops).map((stop) => stoppedBanner(visit, stop))}
      ${all.length === 0 ? nothingHere('bench', words.none) : list(visit, all, asked)}
    </main>
  `;
  return page(
    framed(visit, surroundings, {
      title: visit.texts.school.schools.titleTown,
      section: 'school',
      shelf: null,
      styles: ['town-schools.css'],
      main,
    }),
  );
}

/** Whether a school is among those that are shown. */
const isAmong = ({ left }: Pick<Line, 'left'>, shown: Shown): boolean =>
  shown === 'all' || (shown === 'to-do' ? left.length > 0 : left.includes(shown));

const countOf = (all: readonly Line[], shown: Shown): number =>
  all.filter((one) => isAmong(one, shown)).length;

function headLine(visit: Visit, title: string): Html {
  const { texts } = visit;
  const words = texts.townSchools.list;
  const isOfTown = actsForTown(visit.viewer);
  const newSchools = html`
    <div class="acts-line">
      <a class="btn" href="/schools/file">${icon(visit, 'file')}${words.file}</a>
      <a class="btn main" href="/schools/new">${icon(visit, 'plus')}${words.one}</a>
    </div>
  `;
  const ofTown = html`
    <a class="btn quiet" href="/agents">${icon(visit, 'people')}${texts.agents.link}</a>
    <a class="btn quiet" href="/reports">${icon(visit, 'report')}${texts.reports.nav}</a>
    <a class="btn quiet" href="/school/0/sites">${icon(visit, 'globe')}${texts.sites.link}</a>
  `;
  return html`
    <div class="head-line">
      <div class="grow">
        <h1>${title}</h1>
        <p class="soft">${texts.school.schools.leadTown}</p>
      </div>
      ${isOfTown ? newSchools : NOTHING}
    </div>
    <p class="row beside">
      ${isOfTown ? ofTown : NOTHING}
      <a class="btn quiet" href="/agents/trail">${icon(visit, 'eye')}${texts.journals.title}</a>
    </p>
  `;
}

interface StoppedPlace {
  /** Empty: the whole town. */
  readonly name: string;
  readonly stop: NonNullable<TownMailStops['town']>;
}

/** What agents have stopped, the town first. */
const stopsOf = (stops: TownMailStops | null): StoppedPlace[] =>
  [{ name: '', stop: stops?.town ?? null }, ...(stops?.communes ?? [])].flatMap(({ name, stop }) =>
    stop === null ? [] : [{ name, stop }],
  );

/** Whoever comes here while all is stopped must know, and where it is ended. */
function stoppedBanner(visit: Visit, { name, stop }: StoppedPlace): Html {
  return html`
    <p class="banner stop">
      ${icon(visit, 'warning')}
      <span class="grow">
        ${
          name === ''
            ? NOTHING
            : html`
                <b>${name}</b>
                .
              `
        }${stopSentence(visit, stop)}
      </span>
      <a class="btn" href="/town/stop">${visit.texts.school.stop.run}</a>
    </p>
  `;
}

function list(visit: Visit, all: readonly Line[], { find, ...asked }: AskedSchools): Html {
  const words = visit.texts.townSchools.list;
  const show = CHOICES.find((one) => one === asked.show) ?? 'all';
  const wanted = plain(find);
  const found = all
    .filter((one) => isAmong(one, show) && isFound(one, wanted))
    // A stable sort: within the two the schools stay in the order of their names.
    .sort((one, other) => Number(other.left.length > 0) - Number(one.left.length > 0));
  const pages = Math.max(1, Math.ceil(found.length / OF_A_PAGE));
  const at = Math.min(Math.max(1, numberOf(asked.page) ?? 1), pages);
  const some = found.slice((at - 1) * OF_A_PAGE, at * OF_A_PAGE);
  const nobody = html`
    <p class="sheet pad soft">${words.nothingFound}</p>
  `;
  return html`
    ${filters(visit, all, { show, find })} ${some.length === 0 ? nobody : table(visit, some)}
    ${pages === 1 ? NOTHING : pager(visit, { show, find, at, pages, count: found.length })}
  `;
}

function isFound({ school, commune }: Line, wanted: string): boolean {
  const { name, shownName, uai, slug } = school;
  return [name, shownName, commune, uai ?? '', slug].some((text) => plain(text).includes(wanted));
}

interface Chosen {
  readonly show: Shown;
  readonly find: string;
}

function pathOf({ show, find, at = 1 }: Chosen & { readonly at?: number }): string {
  const query = new URLSearchParams({
    ...(show === 'all' ? {} : { show }),
    ...(find === '' ? {} : { find }),
    ...(at === 1 ? {} : { page: String(at) }),
  });
  return query.size === 0 ? '/school' : `/school?${query.toString()}`;
}

/** How many there are of each kind, and a part of a name. */
function filters(visit: Visit, all: readonly Line[], { show, find }: Chosen): Html {
  const words = visit.texts.townSchools.list;
  const names = visit.texts.school.schools;
  const hidden = html`
    <input type="hidden" name="show" value="${show}" />
  `;
  return html`
    <div class="filters">
      <nav aria-label="${words.filter}">
        ${CHOICES.map(
          (one) => html`
            <a
              class="chip"
              href="${pathOf({ show: one, find })}"
              ${attributes({ 'aria-current': one === show ? 'true' : null })}
            >
              ${words.choices[one]}, ${countOf(all, one)}
            </a>
          `,
        )}
      </nav>
      <form class="row" method="get" action="/school" role="search">
        <label class="vh" for="find">${names.filter}</label>
        <input
          class="input"
          id="find"
          name="find"
          type="search"
          value="${find}"
          placeholder="${words.placeholder}"
        />
        ${show === 'all' ? NOTHING : hidden}
        <button class="btn">${icon(visit, 'search')}${names.find}</button>
      </form>
    </div>
  `;
}

function table(visit: Visit, lines: readonly Line[]): Html {
  const { heads, caption } = visit.texts.townSchools.list;
  return html`
    <section class="sheet town" aria-label="${caption}">
      <div class="scroll" tabindex="0">
        <table>
          <caption class="vh">${caption}</caption>
          <thead>
            <tr>
              <th scope="col">${heads.school}</th>
              <th scope="col" class="r">${heads.pupils}</th>
              <th scope="col">${heads.list}</th>
              <th scope="col">${heads.codes}</th>
              <th scope="col">${heads.head}</th>
              <th scope="col" class="r">${heads.questions}</th>
              <th scope="col">${heads.toDo}</th>
            </tr>
          </thead>
          <tbody>${lines.map((one) => row(visit, one))}</tbody>
        </table>
      </div>
    </section>
  `;
}

function row(visit: Visit, line: Line): Html {
  const { school, commune, state, isOpened } = line;
  const { heads } = visit.texts.townSchools.list;
  const cell = (head: string, said: Html | string | number, look = '') => html`
    <td class="${look}" data-c="${head}">${said}</td>
  `;
  const opened = html`
    <span class="badge ok">${icon(visit, 'check')}${visit.texts.school.schools.open}</span>
  `;
  return html`
    <tr>
      <th scope="row">
        <a href="/school/${school.id}">${school.shownName}</a>
        <small>${commas(commune, school.uai ?? '')}</small>
        ${isOpened ? opened : NOTHING} ${closingBadge(visit, school)}
      </th>
      ${
        state === null
          ? html`
              <td colspan="5"></td>
            `
          : html`
              ${cell(heads.pupils, state.pupils, 'r num')}
              ${cell(heads.list, listedAt(visit, state))}
              ${cell(heads.codes, codesOf(visit, state), 'num')}
              ${cell(heads.head, headOf(visit, state))}
              ${cell(heads.questions, questionsOf(state), 'r num')}
            `
      }
      <td>
        ${state === null ? sheetLink(visit, school) : toDo(visit, school, { left: line.left, state })}
      </td>
    </tr>
  `;
}

type Tone = 'ok' | 'wait' | 'stop';
const TONE_ICONS: Readonly<Record<Tone, string>> = { ok: 'check', wait: 'warning', stop: 'close' };

const toned = (visit: Visit, tone: Tone, said: string): Html => html`
  <span class="tone ${tone}">${icon(visit, TONE_ICONS[tone])}${said}</span>
`;

function listedAt(visit: Visit, { listedAt: at, pupils }: SchoolStanding): Html | string {
  const words = visit.texts.townSchools.list;
  if (at !== null) return longDate(visit.clock, at);
  // Who is there without a list was written in by hand: nothing is missing.
  return pupils === 0 ? toned(visit, 'stop', words.neverListed) : words.byHand;
}

function codesOf(visit: Visit, { people, withoutCode }: SchoolStanding): Html | string {
  const said = visit.texts.townSchools.list.codes(people - withoutCode, people);
  return withoutCode === 0 ? said : toned(visit, 'wait', said);
}

function headOf(visit: Visit, { heads, headsNeverIn, headSeenAt }: SchoolStanding): Html {
  const words = visit.texts.townSchools.list;
  if (heads === 0) return toned(visit, 'stop', words.noHead);
  if (headsNeverIn > 0) return toned(visit, 'stop', words.neverCame);
  return toned(visit, 'ok', headSeenAt === null ? words.came : longDate(visit.clock, headSeenAt));
}

const questionsOf = ({ questions }: SchoolStanding): Html => html`
  <span class="${questions === 0 ? 'soft' : 'some'}">${questions}</span>
`;

/** What comes first with the way to it, the school's record, then what else is left. */
function toDo(
  visit: Visit,
  school: TownSchool,
  { left: [first, ...others], state }: Pick<Line, 'left'> & { readonly state: SchoolStanding },
): Html {
  if (first === undefined)
    return html`
      ${toned(visit, 'ok', visit.texts.townSchools.list.nothing)}${' '}${sheetLink(visit, school)}
    `;
  const { what, act } = saysDuty(visit.texts, first, state);
  const also = others.map((duty) => saysDuty(visit.texts, duty, state).what);
  return html`
    <b class="small">${what}</b>
    ${' '}
    <a class="btn mini" href="${pathOfDuty(first, school.id, state)}">
      ${act}
      <span class="vh">${visit.texts.colon}${school.shownName}</span>
    </a>
    ${sheetLink(visit, school)}
    ${
      also.length === 0
        ? NOTHING
        : html`
            <small>${also.join(', ')}</small>
          `
    }
  `;
}

function sheetLink({ texts }: Visit, { id, shownName }: TownSchool): Html {
  const words = texts.townSchools.list;
  return html`
    <a class="btn mini quiet" href="/schools/${id}" aria-label="${words.sheet(shownName)}">
      ${words.edit}
    </a>
  `;
}

function closingBadge(visit: Visit, { state, closesOn }: TownSchool): Html {
  const words = visit.texts.townSchools.list;
  if (closesOn === null) return NOTHING;
  const day = wholeCalendarDay(visit.viewer.language, closesOn);
  return html`
    <span class="badge ${state === 'closing' ? 'wait' : 'stop'}">
      ${state === 'closing' ? words.closes(day) : words.closed(day)}
    </span>
  `;
}

interface PagerPlace extends Chosen {
  readonly at: number;
  readonly pages: number;
  readonly count: number;
}

function pager(visit: Visit, { at, pages, count, ...chosen }: PagerPlace): Html {
  const words = visit.texts.townSchools.list;
  const to = (other: number, said: string): Html =>
    other < 1 || other > pages
      ? NOTHING
      : html`
          <a class="btn" href="${pathOf({ ...chosen, at: other })}">${said}</a>
        `;
  const last = Math.min(at * OF_A_PAGE, count);
  return html`
    <nav class="row pager" aria-label="${words.pages}">
      <span class="grow soft small">${words.shown((at - 1) * OF_A_PAGE + 1, last, count)}</span>
      ${to(at - 1, words.before)} ${to(at + 1, words.after)}
    </nav>
  `;
}
