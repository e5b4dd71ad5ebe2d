import type { AddressId, WeekNeedId, WeekLessonId, WeekSpecialId } from '../../ground/ids.ts';
import { keysOf } from '../../ground/keys.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { dayAfter, weekdayOf, type Day } from '../days.ts';
import { isPublicHoliday, type Period } from '../holidays.ts';

/** A time of day on the school's clock, `HH:MM`: two of them compare as they stand. */
type ClockTime = string;

/** From one time of a day to another, which is later; the end isn't part of it. */
export interface HourSpan {
  readonly from: ClockTime;
  readonly to: ClockTime;
}

/** The half days of a class: the same on four days, a morning of Wednesday where there is one. */
export interface Rhythm {
  readonly morning: HourSpan;
  readonly afternoon: HourSpan;
  /** When Wednesday's morning ends, which begins as the others do; null: four days of class. */
  readonly wednesdayTo: ClockTime | null;
}

/** What a lesson is about: it gives its colour and its picture. */
const KINDS = {
  rituals: { cover: 8, picture: 'accueil' },
  french: { cover: 1, picture: 'histoire' },
  maths: { cover: 2, picture: 'compter' },
  world: { cover: 3, picture: 'monde' },
  language: { cover: 4, picture: 'langue' },
  sport: { cover: 5, picture: 'gym' },
  music: { cover: 6, picture: 'musique' },
  arts: { cover: 7, picture: 'peinture' },
  break: { cover: 8, picture: 'recre' },
  rest: { cover: 8, picture: 'sieste' },
  other: { cover: 8, picture: 'jour' },
} as const;
export type LessonKind = keyof typeof KINDS;
export const LESSON_KINDS = keysOf(KINDS);
export const looksOf = (kind: LessonKind): (typeof KINDS)[LessonKind] => KINDS[kind];

/** In which weeks a lesson is: in each, or in every second one. */
type LessonWeeks = 'every' | 'A' | 'B';
export const LESSON_WEEKS: readonly LessonWeeks[] = ['every', 'A', 'B'];

/** A lesson that comes round each week, or every second one. */
export interface Lesson extends HourSpan {
  readonly id: WeekLessonId;
  /** 1 (Monday) to 5. */
  readonly weekday: number;
  readonly kind: LessonKind;
  /** What it is called; empty: by its kind alone. */
  readonly title: string;
  readonly weeks: LessonWeeks;
  /** Who teaches it, where that isn't the class's own teacher. */
  readonly teacher: AddressId | null;
  readonly place: string;
  /** What is to be brought along each time. */
  readonly bring: string;
  /** One more at each change: who changes what they no longer see is told. */
  readonly edition: number;
}

export type SpecialKind = 'outing' | 'pool' | 'photo' | 'party' | 'visit' | 'no-class';
export const SPECIAL_KINDS: readonly SpecialKind[] = [
  'outing',
  'pool',
  'photo',
  'party',
  'visit',
  'no-class',
];

/** What is special on a date, or on some days on end. */
export interface Special {
  readonly id: WeekSpecialId;
  readonly from: Day;
  readonly until: Day;
  /** On each of these days; null: all of it. */
  readonly hours: HourSpan | null;
  readonly kind: SpecialKind;
  readonly title: string;
  readonly place: string;
  readonly edition: number;
}

export type NeedKind = 'bring' | 'do' | 'hand-in';
export const NEED_KINDS: readonly NeedKind[] = ['bring', 'do', 'hand-in'];

/** Something for a day: to bring along, to do, to hand in. */
export interface Need {
  readonly id: WeekNeedId;
  readonly day: Day;
  readonly kind: NeedKind;
  readonly words: string;
}

/** What a pupil ticks: what is needed on a day, or what a lesson wants brought each time. */
export type TickedThing =
  | { readonly of: 'need'; readonly id: WeekNeedId }
  | { readonly of: 'lesson'; readonly id: WeekLessonId };

/** All that makes the weeks of a class in a school year, but for what is needed on a day. */
export interface WeekRules {
  readonly rhythm: Rhythm;
  /** A day of a week A; null: all weeks are alike. */
  readonly weekA: Day | null;
  readonly lessons: readonly Lesson[];
  readonly specials: readonly Special[];
}

/** Why there is no class on a day. */
type NoClass = 'weekend' | 'wednesday' | 'holidays' | 'public-holiday';

/** What stands on a day: hours are null where it takes a day that has no class. */
export type PlanItem =
  | { readonly kind: 'lesson'; readonly hours: HourSpan; readonly lesson: Lesson }
  | { readonly kind: 'special'; readonly hours: HourSpan | null; readonly special: Special };

/** A day of a class as it will be. */
export interface DayPlan {
  readonly day: Day;
  readonly week: 'A' | 'B' | null;
  readonly noClass: NoClass | null;
  /** The half days; none where there is no class. */
  readonly halves: readonly HourSpan[];
  /** In their order; no two lie at one time. */
  readonly items: readonly PlanItem[];
}

const WEDNESDAY = 3;
const LAST_WEEKDAY = 5;
const WEEK_DAYS = 7;

/** The half days of a weekday, 1 (Monday) to 7. */
export function halfDaysOf({ morning, afternoon, wednesdayTo }: Rhythm, weekday: number) {
  if (weekday > LAST_WEEKDAY) return [];
  if (weekday !== WEDNESDAY) return [morning, afternoon];
  return wednesdayTo === null ? [] : [{ from: morning.from, to: wednesdayTo }];
}

/** The Monday of a day's week. */
export const mondayOf = (day: Day): Day => dayAfter(day, 1 - weekdayOf(day));

/**
 * Whether a day's week is A or B: they take turns from Monday to Monday, holidays counted, so that
 * a calendar on a wall and this one never part.
 */
export function weekOf(weekA: Day | null, day: Day): 'A' | 'B' | null {
  if (weekA === null) return null;
  const days = (Date.parse(mondayOf(day)) - Date.parse(mondayOf(weekA))) / DAY_MS;
  return Math.abs(days / WEEK_DAYS) % 2 === 0 ? 'A' : 'B';
}

function noClassOn(rhythm: Rhythm, day: Day, holidays: readonly Period[]): NoClass | null {
  if (weekdayOf(day) > LAST_WEEKDAY) return 'weekend';
  if (isPublicHoliday(day)) return 'public-holiday';
  if (holidays.some(({ from, until }) => from <= day && day <= until)) return 'holidays';
  return halfDaysOf(rhythm, weekdayOf(day)).length === 0 ? 'wednesday' : null;
}

/** A day of a class: its lessons, but for the hours that something special takes. */
export function planOf(rules: WeekRules, day: Day, holidays: readonly Period[]): DayPlan {
  const noClass = noClassOn(rules.rhythm, day, holidays);
  const halves = noClass === null ? halfDaysOf(rules.rhythm, weekdayOf(day)) : [];
  const week = weekOf(rules.weekA, day);
  const whole = wholeOf(halves);
  const specials: PlanItem[] = [];
  let taken: readonly HourSpan[] = [];
  for (const special of rules.specials.filter(({ from, until }) => from <= day && day <= until)) {
    // Of two at one time the one that was noted first has it.
    const wanted = special.hours ?? whole;
    const left = wanted === null ? [null] : outside(wanted, taken);
    specials.push(...left.map((hours) => ({ kind: 'special' as const, hours, special })));
    if (wanted !== null) taken = [...taken, wanted];
  }
  const lessons = rules.lessons
    .filter((one) => isOn(one, day, week) && noClass === null)
    .flatMap((lesson) =>
      outside(lesson, taken).map((hours) => ({ kind: 'lesson' as const, hours, lesson })),
    );
  const items = [...specials, ...lessons].toSorted(compared);
  return { day, week, noClass, halves, items };
}

/** Where all weeks are alike, they are as week A is. */
const isOn = ({ weekday, weeks }: Lesson, day: Day, week: 'A' | 'B' | null): boolean =>
  weekday === weekdayOf(day) && (weeks === 'every' || weeks === (week ?? 'A'));

/** The five days from a Monday on as they are each week, or each such week, whatever the date. */
export function ordinaryWeek(
  { rhythm, lessons }: Pick<WeekRules, 'rhythm' | 'lessons'>,
  monday: Day,
  week: 'A' | 'B' | null,
): readonly DayPlan[] {
  return [0, 1, 2, 3, 4].map((ahead) => {
    const day = dayAfter(monday, ahead);
    const halves = halfDaysOf(rhythm, weekdayOf(day));
    const items = lessons
      .filter((one) => isOn(one, day, week))
      .map((lesson): PlanItem => ({ kind: 'lesson', hours: lesson, lesson }))
      .toSorted(compared);
    return { day, week, noClass: halves.length === 0 ? 'wednesday' : null, halves, items };
  });
}

const compared = ({ hours: one }: PlanItem, { hours: other }: PlanItem): number =>
  (one?.from ?? '') < (other?.from ?? '') ? -1 : 1;

/** From the first half day's beginning to the last one's end; null where there is none. */
export function wholeOf(halves: readonly HourSpan[]): HourSpan | null {
  const [first, last] = [halves[0], halves.at(-1)];
  return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
}

/** Gives the free pieces of some hours. */
function outside({ from, to }: HourSpan, taken: readonly HourSpan[]): readonly HourSpan[] {
  return taken.reduce<readonly HourSpan[]>(
    (pieces, cut) =>
      pieces.flatMap((piece) =>
        cut.to <= piece.from || piece.to <= cut.from
          ? [piece]
          : [
              { from: piece.from, to: cut.from },
              { from: cut.to, to: piece.to },
            ].filter((rest) => rest.from < rest.to),
      ),
    [{ from, to }],
  );
}

/** Whether it is a day on which the class comes: not where all of it is marked as without class. */
export function hasClass({ halves, items }: DayPlan): boolean {
  return (
    halves.length > 0 &&
    !halves.every((half) =>
      items.some(
        (item) =>
          item.kind === 'special' &&
          item.special.kind === 'no-class' &&
          item.hours !== null &&
          item.hours.from <= half.from &&
          half.to <= item.hours.to,
      ),
    )
  );
}

/** The lessons of a day that want something brought along, each once. */
export function broughtTo({ items }: DayPlan): readonly Lesson[] {
  const lessons = items.flatMap((item) => (item.kind === 'lesson' ? [item.lesson] : []));
  return [...new Set(lessons)].filter(({ bring }) => bring !== '');
}
