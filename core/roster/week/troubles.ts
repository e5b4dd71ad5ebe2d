import { dayAfter, isDay, weekdayOf, type Day } from '../days.ts';
import { holidayYearOf } from '../holidays.ts';
import {
  halfDaysOf,
  type HourSpan,
  type Lesson,
  type Need,
  type Rhythm,
  type Special,
} from './plan.ts';

/** Why a week, or something in it, isn't kept as it was typed, by name. */
export type WeekTrouble =
  /** The class has no week yet: nothing can be put into it. */
  | 'no-week'
  | 'no-hours'
  | 'no-length'
  | 'halves-meet'
  | 'lessons-outside'
  | 'no-class-then'
  | 'out-of-hours'
  | 'overlap'
  | 'one-hour'
  | 'no-title'
  | 'no-words'
  | 'not-a-day'
  | 'ends-before-it-begins'
  | 'too-many-days'
  | 'over-summer'
  | 'too-many'
  | 'changed-meanwhile';

/** The hours that a class has, by name. */
type RhythmHour = 'morningFrom' | 'morningTo' | 'afternoonFrom' | 'afternoonTo' | 'wednesdayTo';

/** What is wrong: of the hours of a class, with which; of a lesson that overlaps, which other. */
export interface WeekFault {
  readonly why: WeekTrouble;
  readonly hour?: RhythmHour;
  readonly other?: Lesson;
  readonly count?: number;
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5][05]$/;
/** Longer than any stay by the sea. */
const MOST_DAYS = 15;

const isTime = (text: string): boolean => TIME.test(text);
const isSpan = ({ from, to }: HourSpan): boolean => isTime(from) && isTime(to);

export const overlaps = (one: HourSpan, other: HourSpan): boolean =>
  one.from < other.to && other.from < one.to;

/** What is wrong with the hours of a class, whose lessons have to lie in them; null: nothing. */
export function rhythmFault(rhythm: Rhythm, lessons: readonly Lesson[]): WeekFault | null {
  const { morning, afternoon, wednesdayTo } = rhythm;
  const hour = unreadHour(rhythm);
  if (hour !== null) return { why: 'no-hours', hour };
  if (morning.to <= morning.from) return { why: 'no-length', hour: 'morningTo' };
  if (afternoon.to <= afternoon.from) return { why: 'no-length', hour: 'afternoonTo' };
  if (wednesdayTo !== null && wednesdayTo <= morning.from)
    return { why: 'no-length', hour: 'wednesdayTo' };
  if (afternoon.from < morning.to) return { why: 'halves-meet', hour: 'afternoonFrom' };
  const lost = lessons.filter((one) => !isInHours(one, rhythm));
  return lost.length === 0 ? null : { why: 'lessons-outside', count: lost.length };
}

/** The first that isn't a time. */
function unreadHour({ morning, afternoon, wednesdayTo }: Rhythm): RhythmHour | null {
  if (!isTime(morning.from)) return 'morningFrom';
  if (!isTime(morning.to)) return 'morningTo';
  if (!isTime(afternoon.from)) return 'afternoonFrom';
  if (!isTime(afternoon.to)) return 'afternoonTo';
  return wednesdayTo === null || isTime(wednesdayTo) ? null : 'wednesdayTo';
}

const isInHours = (lesson: HourSpan & Pick<Lesson, 'weekday'>, rhythm: Rhythm): boolean =>
  halfDaysOf(rhythm, lesson.weekday).some(({ from, to }) => from <= lesson.from && lesson.to <= to);

/** What is wrong with a lesson among the others; null: nothing. */
export function lessonFault(
  lesson: HourSpan & Pick<Lesson, 'weekday' | 'weeks' | 'kind' | 'title'>,
  { rhythm, others }: { readonly rhythm: Rhythm; readonly others: readonly Lesson[] },
): WeekFault | null {
  if (!isSpan(lesson)) return { why: 'no-hours' };
  if (lesson.to <= lesson.from) return { why: 'no-length' };
  if (lesson.kind === 'other' && lesson.title === '') return { why: 'no-title' };
  if (halfDaysOf(rhythm, lesson.weekday).length === 0) return { why: 'no-class-then' };
  if (!isInHours(lesson, rhythm)) return { why: 'out-of-hours' };
  const other = others.find((one) => meets(one, lesson));
  return other === undefined ? null : { why: 'overlap', other };
}

const meets = (one: Lesson, lesson: HourSpan & Pick<Lesson, 'weekday' | 'weeks'>): boolean =>
  one.weekday === lesson.weekday &&
  (one.weeks === 'every' || lesson.weeks === 'every' || one.weeks === lesson.weeks) &&
  overlaps(one, lesson);

/** The hours of something special as they were typed; `one-hour` where one of them is missing. */
export function specialHours(from: string, to: string): HourSpan | null | 'one-hour' {
  if (from === '' && to === '') return null;
  return from === '' || to === '' ? 'one-hour' : { from, to };
}

/** What is wrong with something special of a school year; null: nothing. */
export function specialFault(
  special: Pick<Special, 'from' | 'until' | 'hours' | 'kind' | 'title'>,
  year: string,
): WeekFault | null {
  const { from, until, hours, kind, title } = special;
  if (title === '' && kind !== 'no-class') return { why: 'no-title' };
  if (!isDay(from) || !isDay(until)) return { why: 'not-a-day' };
  if (until < from) return { why: 'ends-before-it-begins' };
  if (!isOfYear(from, year) || !isOfYear(until, year)) return { why: 'over-summer' };
  if (until >= dayAfter(from, MOST_DAYS)) return { why: 'too-many-days' };
  if (hours === null) return null;
  if (!isSpan(hours)) return { why: 'no-hours' };
  return hours.to <= hours.from ? { why: 'no-length' } : null;
}

/** What is wrong with something that is needed on a day of a school year; null: nothing. */
export function needFault({ day, words }: Pick<Need, 'day' | 'words'>, year: string) {
  if (words === '') return { why: 'no-words' } as const;
  if (!isDay(day)) return { why: 'not-a-day' } as const;
  if (!isOfYear(day, year)) return { why: 'over-summer' } as const;
  return weekdayOf(day) > 6 ? ({ why: 'no-class-then' } as const) : null;
}

const isOfYear = (day: Day, year: string): boolean => holidayYearOf(day).name === year;
