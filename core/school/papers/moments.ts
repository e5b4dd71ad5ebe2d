import { clockAt, dayAt, momentOf } from '../../ground/clock.ts';
import { dayAfter, type Day, weekdayOf } from '../../roster/days.ts';
import { isHoliday } from '../../roster/holidays.ts';
import type { School } from '../../roster/snapshot.ts';
import type { Occasion } from './contract/slips.ts';

/** When families read, in the evening after school. */
export const REMINDED_AT = '18:00';
/** Days of school where a school has set none. */
const USUAL_DAYS: readonly number[] = [1, 2, 4, 5];
/** So far back one looks for a day of school: longer than any holidays. */
const MOST_DAYS_OFF = 120;
/** How many school years after its own a paper is kept, with all that was signed. */
export const PAPER_YEARS = 1;
/** From this day on it is the next school year. */
const YEAR_BEGINS = '09-01';

type SchoolCalendar = Pick<School, 'opening' | 'timeZone' | 'holidays'>;

/** Whether there is school on a day. */
export function isSchoolDay({ opening, holidays }: SchoolCalendar, day: Day): boolean {
  const days = opening?.days.length ? opening.days : USUAL_DAYS;
  return days.includes(weekdayOf(day)) && !isHoliday(holidays, day);
}

/** The next evening of a school day on which families read; null: none is in sight. */
export function eveningAfter(school: SchoolCalendar, now: Date): Date | null {
  const today = dayAt(now, school.timeZone);
  for (let ahead = 0; ahead <= MOST_DAYS_OFF; ahead += 1) {
    const day = dayAfter(today, ahead);
    const at = momentOf(day, REMINDED_AT, school.timeZone);
    if (at > now && isSchoolDay(school, day)) return at;
  }
  return null;
}

/**
 * When families who haven't answered are reminded by itself, be it past: the evening of the last
 * school day before the day of the end; right before that day where none is in sight.
 */
export function reminderAt(school: SchoolCalendar, until: Date): Date {
  const last = clockAt(until, school.timeZone).date;
  const before = Array.from({ length: MOST_DAYS_OFF }, (_, at) => dayAfter(last, -1 - at));
  const day = before.find((one) => isSchoolDay(school, one)) ?? dayAfter(last, -1);
  return momentOf(day, REMINDED_AT, school.timeZone);
}

/** When telephone numbers given for the day are erased: as the day after it begins. */
export function numbersGoneAt(
  occasion: Occasion | null,
  { until, timeZone }: { readonly until: Date; readonly timeZone: string },
): Date {
  const last = occasion?.lastDay ?? occasion?.day ?? dayAt(until, timeZone);
  return momentOf(dayAfter(last, 1), '00:00', timeZone);
}

/**
 * When a paper and all that was signed is erased: a year after the end of the school year in which
 * it ended, or took place where that was later.
 */
export function paperGoneAt(
  occasion: Occasion | null,
  { until, timeZone }: { readonly until: Date; readonly timeZone: string },
): Date {
  const ended = dayAt(until, timeZone);
  const last = [occasion?.lastDay, occasion?.day, ended].reduce<Day>(
    (latest, day) => (day && day > latest ? day : latest),
    ended,
  );
  const year = Number(last.slice(0, 4)) + (last.slice(5) < YEAR_BEGINS ? 0 : 1);
  return momentOf(`${year + PAPER_YEARS}-${YEAR_BEGINS}`, '00:00', timeZone);
}
