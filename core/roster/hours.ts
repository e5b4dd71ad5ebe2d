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
  const { timeZone, holidays } = school;
  const opening = school.opening && school.opening.days.length > 0 ? school.opening : USUAL;
  const isSchoolDay = (day: Day): boolean =>
    opening.days.includes(weekdayOf(day)) && !isHoliday(holidays, day);
  const { date, time } = clockAt(from, timeZone);
  const isToday = isSchoolDay(date) && time < opening.to;
  const begun = isToday ? date : next(date, isSchoolDay);
  const hour = isToday && opening.from <= time ? time : opening.from;
  return momentOf(next(begun, isSchoolDay), hour, timeZone);
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
