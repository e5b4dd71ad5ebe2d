import { type Day, dayAfter, weekdayOf } from '../../../core/roster/days.ts';
import {
  type DayPlan,
  type Lesson,
  looksOf,
  mondayOf,
  type PlanItem,
  type Special,
  type NeedKind,
  type SpecialKind,
} from '../../../core/roster/week/plan.ts';
import type { WeekFault, WeekTrouble } from '../../../core/roster/week/troubles.ts';
import type { DayNeed, WeekDay, WeekView } from '../../../core/school/week/contract.ts';
import type { DayNotice } from '../../../core/store/week/contract.ts';
import { boardPath, hangersPath } from '../../components/board-paths.ts';
import type { Filled } from '../../components/form.ts';
import { shownName } from '../../components/typed-name.ts';
import { coverClass, icon, namedIcon } from '../../frame/parts.ts';
import { alertBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay, timeInWords } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';

/** The icon of what is needed. */
export const NEED_ICONS: Readonly<Record<NeedKind, string>> = {
  bring: 'bag',
  do: 'book',
  'hand-in': 'tray',
};

/** The icon of what is special. */
export const SPECIAL_ICONS: Readonly<Record<SpecialKind, string>> = {
  outing: 'bus',
  pool: 'bus',
  photo: 'picture',
  party: 'sun',
  visit: 'people',
  'no-class': 'warning',
};

/** « 8 h 30 ». */
export const time = ({ clock }: Visit, text: string): string => timeInWords(clock.language, text);

/** What a lesson is called: by its own name, else by its subject. */
export const lessonName = (visit: Visit, { kind, title }: Pick<Lesson, 'kind' | 'title'>): string =>
  shownName(visit, title, ({ weeks }) => weeks.kinds[kind]).words;

export const specialName = (
  visit: Visit,
  { kind, title }: Pick<Special, 'kind' | 'title'>,
): string => shownName(visit, title, ({ weeks }) => weeks.specials[kind]).words;

/** What stands on a day, by its name. */
export const itemName = (visit: Visit, item: PlanItem): string =>
  item.kind === 'lesson' ? lessonName(visit, item.lesson) : specialName(visit, item.special);

/** The cover of a lesson's subject. */
export const coverOf = ({ kind }: Pick<Lesson, 'kind'>): string => coverClass(looksOf(kind).cover);

/** « mardi ». */
export const weekday = ({ texts }: Visit, day: Day): string =>
  texts.weeks.weekdays[weekdayOf(day) - 1] ?? '';

/** « mardi 24 ». */
export const dayName = (visit: Visit, day: Day): string =>
  `${weekday(visit, day)} ${Number(day.slice(-2))}`;

export const capital = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** « Du 23 au 27 novembre ». */
export function weekName(visit: Visit, days: readonly Pick<DayPlan, 'day'>[]): string {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return '';
  const { language } = visit.viewer;
  const withoutName = (day: Day) => calendarDay(language, day).replace(/^\S+ /, '');
  const until = withoutName(last.day);
  const isOneMonth = first.day.slice(0, 7) === last.day.slice(0, 7);
  const from = isOneMonth ? withoutName(first.day).split(' ')[0] : withoutName(first.day);
  return capital(visit.texts.weeks.span(from ?? '', until));
}

/** Who gives a lesson and where, in one line; empty where it is as always. */
export function lessonFacts(visit: Visit, { names }: WeekView, { teacher, place }: Lesson): string {
  const giver = teacher === null ? undefined : names.get(teacher);
  return [giver === undefined ? '' : visit.texts.weeks.given(giver), place]
    .filter((one) => one !== '')
    .join(', ');
}

/** The weeks before and after the one of this Monday. */
export function weekTurns(visit: Visit, path: string, monday: Day): Html {
  const { weeks: words } = visit.texts;
  const to = (days: number): string => `${path}?day=${dayAfter(monday, days)}`;
  return html`
    <span class="turn">
      <a class="btn only" href="${to(-7)}">${namedIcon(visit, 'back', words.before)}</a>
      <a class="btn only" href="${to(7)}">${namedIcon(visit, 'arrow', words.after)}</a>
    </span>
  `;
}

/**
 * On which of a week's days something of this day stands: where it isn't shown, as a Sunday, on
 * the last one before. Undefined: in another week.
 */
export const standsOn = (days: readonly Pick<DayPlan, 'day'>[], of: Day): Day | undefined =>
  days.findLast(({ day }) => day <= of && mondayOf(day) === mondayOf(of))?.day;

/** A notice that is about a day, which leads to its board. */
export function noticeLink(
  { texts }: Visit,
  { school, stand }: Pick<WeekView, 'school' | 'stand'>,
  { notice, classId, title }: DayNotice,
): Html {
  const board = { school, classId };
  const path = stand === 'teacher' || stand === 'head' ? hangersPath(board) : boardPath(board);
  return html`
    <span>
      <span class="vh">${texts.weeks.onBoard}${texts.colon}</span>
      <a href="${path}#n${notice}">${title}</a>
    </span>
  `;
}

/** « Vacances du samedi 19 décembre au dimanche 3 janvier »; nothing where none are known. */
export function holidaysLine(visit: Visit, { holidays }: Pick<WeekView, 'holidays'>): Html {
  if (holidays === null) return NOTHING;
  const day = (one: Day): string => calendarDay(visit.viewer.language, one);
  return html`
    <p class="soft pad-s">
      ${icon(visit, 'sun')}${visit.texts.weeks.holidays(day(holidays.from), day(holidays.until))}
    </p>
  `;
}

/** What is needed of one kind. */
export const needsOf = ({ needs }: WeekDay, ...kinds: readonly NeedKind[]): readonly DayNeed[] =>
  needs.filter(({ kind }) => kinds.includes(kind));

/** How a need is named in a form. */
export const thingName = ({ thing }: DayNeed): string => `${thing.of}-${thing.id}`;

/** Why something of a week wasn't kept, in a sentence. */
export function faultWords(visit: Visit, { why, other, count }: WeekFault): string {
  const { weeks: words } = visit.texts;
  if (other !== undefined) {
    const hours = words.between(time(visit, other.from), time(visit, other.to));
    const day = words.weekdays[other.weekday - 1] ?? '';
    return words.overlap(lessonName(visit, other), `${day}, ${hours}`);
  }
  return count === undefined ? words.troubles[why] : words.lessonsOutside(count);
}

/** A form that is given back: the sentence stands below the field that it is about. */
export interface Refused<Name extends string> {
  readonly filled: Filled<Name>;
  /** Of no field: above the form. */
  readonly above: string | null;
}

const NARROW: ReadonlySet<string> = new Set(['from', 'to', 'fromTime', 'toTime', 'until']);
/** The id of the line above a form. */
const ABOVE = 'week-wrong';

/** What was typed, with what is wrong of it. */
export function refusedForm<Name extends string>(
  visit: Visit,
  fault: WeekFault,
  {
    typed,
    fields,
  }: {
    readonly typed: Readonly<Record<Name, string>>;
    readonly fields: Readonly<Partial<Record<WeekTrouble, Name>>>;
  },
): Refused<Name> {
  const sentence = faultWords(visit, fault);
  const name = fields[fault.why];
  if (name === undefined) return { filled: { typed }, above: sentence };
  // Two that stand side by side have no room for a sentence below one of them.
  if (NARROW.has(name)) {
    const wrongBy: Partial<Record<Name, string>> = {};
    wrongBy[name] = ABOVE;
    return { filled: { typed, wrongBy }, above: sentence };
  }
  const wrong: Partial<Record<Name, string>> = {};
  wrong[name] = sentence;
  return { filled: { typed, wrong }, above: null };
}

/** The sentence above a form. */
export const aboveForm = (visit: Visit, sentence: string | null): Html =>
  sentence === null
    ? NOTHING
    : html`
        <div id="${ABOVE}">${alertBanner(visit, 'wait', sentence)}</div>
      `;

/** Something that is to be brought, done or handed in on a day. */
export const needLine = (
  visit: Visit,
  { kind, words }: { readonly kind: NeedKind; readonly words: string },
): Html => html`
  <li>
    ${icon(visit, NEED_ICONS[kind])}
    <span>
      <span class="vh">${visit.texts.weeks.needs[kind]}${visit.texts.colon}</span>
      ${words}
    </span>
  </li>
`;
