import { clockAt, momentOf } from '../ground/clock.ts';
import { dayAfter, weekdayOf, type Day } from './days.ts';
import { isHoliday } from './holidays.ts';
import type { School } from './snapshot.ts';

/** The same days each week: within eight days one comes round again. */
const DAYS_AHEAD = 8;
/** Days without class that are passed over: no holidays are as long. */
const MOST_DAYS_OFF = 120;

/**
 * Whether a school lets its pupils send at this moment; always where it has set no hours, or no
 * day.
 */
export function isOpen(school: Pick<School, 'opening' | 'timeZone'>, now: Date): boolean {
  if (!school.opening || school.opening.days.length === 0) return true;
  const { weekday, time } = clockAt(now, school.timeZone);
  return (
    school.opening.days.includes(weekday) && school.opening.from <= time && time < school.opening.to
  );
}

/** When a closed school opens next; `now` where it is open. */
export function nextOpening(school: Pick<School, 'opening' | 'timeZone'>, now: Date): Date {
  const { opening, timeZone } = school;
  if (!opening || isOpen(school, now)) return now;
  const today = clockAt(now, timeZone).date;
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    // Dates are counted, not hours: a day has 23 or 25 of them when the clock changes.
    const date = dayAfter(today, ahead);
    const candidate = momentOf(date, opening.from, timeZone);
    if (candidate > now && opening.days.includes(weekdayOf(date))) return candidate;
  }
  return now;
}

/** A week of school where a school has set no hours: four days, as most of the country has. */
const USUAL: OpeningHours = { days: [1, 2, 4, 5], from: '08:30', to: '16:30' };

/**
 * One school day after a moment: the same hour of the next day on which there is school, counted
 * from the moment itself, or from when the school opens next. Holidays are passed over.
 */
export function schoolDayAfter(
  school: Pick<School, 'opening' | 'timeZone' | 'holidays'>,
  from: Date,
): Date {
  const { timeZone } = school;
  const opening = openingOf(school);
  const isSchoolDay = schoolDaysOf(school);
  const { date, time } = clockAt(from, timeZone);
  const isToday = isSchoolDay(date) && time < opening.to;
  const begun = isToday ? date : next(date, isSchoolDay);
  const hour = isToday && opening.from <= time ? time : opening.from;
  return momentOf(next(begun, isSchoolDay), hour, timeZone);
}

/** At this hour the postman comes to a school, on each day on which there is school. */
const POST_HOUR = '08:00';

/** When a letter that leaves at a moment is brought to a school: 8 h of its next school day. */
export function nextPost(
  school: Pick<School, 'opening' | 'timeZone' | 'holidays'>,
  leaves: Date,
): Date {
  const today = clockAt(leaves, school.timeZone).date;
  return momentOf(next(today, schoolDaysOf(school)), POST_HOUR, school.timeZone);
}

const openingOf = ({ opening }: Pick<School, 'opening'>): OpeningHours =>
  opening && opening.days.length > 0 ? opening : USUAL;

type Calendar = Pick<School, 'opening' | 'holidays'>;

/** Whether there is school on a day: a day of its week, and not in its holidays. */
function schoolDaysOf(school: Calendar): (day: Day) => boolean {
  const { days } = openingOf(school);
  return (day) => days.includes(weekdayOf(day)) && !isHoliday(school.holidays, day);
}

/** Whether there was school today, and it is over. */
export function isAfterSchool(
  school: Pick<School, 'opening' | 'timeZone' | 'holidays'>,
  now: Date,
): boolean {
  const { date, time } = clockAt(now, school.timeZone);
  return time >= openingOf(school).to && schoolDaysOf(school)(date);
}

/** A day, where there is school on it; else the next on which there is. */
export function dayOfSchoolFrom(school: Calendar, day: Day): Day {
  const isSchoolDay = schoolDaysOf(school);
  return isSchoolDay(day) ? day : next(day, isSchoolDay);
}

/** The day on which school begins again after the holidays of now, or those to come; if known. */
export function backToSchool(school: Calendar, today: Day): Day | null {
  const lasts = school.holidays.map(({ until }) => until).filter((until) => until >= today);
  const end = lasts.toSorted()[0];
  return end === undefined ? null : dayOfSchoolFrom(school, dayAfter(end, 1));
}

/** The next such day; the day after where none is near, so that nothing waits for ever. */
function next(day: Day, isSuch: (day: Day) => boolean): Day {
  for (let ahead = 1; ahead <= MOST_DAYS_OFF; ahead += 1)
    if (isSuch(dayAfter(day, ahead))) return dayAfter(day, ahead);
  return dayAfter(day, 1);
}

/** When pupils may send: days are 1 (Monday) to 7, hours `HH:MM` in the school's time zone. */
export interface OpeningHours {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}
