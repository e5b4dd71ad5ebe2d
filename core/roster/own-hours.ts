import { clockAt, momentOf } from '../ground/clock.ts';
import { DAY_MS } from '../ground/spans.ts';

/** Hours of a day on the school's clock, `HH:MM`, the end not included; null: none. */
export type DayHours = { readonly from: string; readonly to: string } | null;

/**
 * The hours in which somebody answers, a week of seven days from Monday on. They promise nothing
 * and hold no mail: they say when that person wants to be told of it, and what others may expect.
 */
export type OwnHours = readonly DayHours[];

const WEEK_DAYS = 7;
const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/;
/** The end of a day, which is no time of its clock. */
const MIDNIGHT = '24:00';

/** Whether these are seven days, each without hours or with an end after its beginning. */
export function areHours(days: readonly DayHours[]): boolean {
  return (
    days.length === WEEK_DAYS &&
    days.every(
      (day) =>
        day === null ||
        (HOUR.test(day.from) && (HOUR.test(day.to) || day.to === MIDNIGHT) && day.from < day.to),
    )
  );
}

/**
 * Whether somebody may be told of new mail at this moment: by a notice, a sound, a digest. Always
 * where they have set no hours (null). Ask it for each notice, at the moment when it would appear:
 * what is not told then is not told later either, it is in the mailbox.
 */
export function isWithin(hours: OwnHours | null, now: Date, timeZone: string): boolean {
  if (hours === null) return true;
  const { weekday, time } = clockAt(now, timeZone);
  const today = hours[weekday - 1] ?? null;
  return today !== null && today.from <= time && time < today.to;
}

/**
 * When somebody's hours begin next, for what is gathered and told at once; `now` within them, and
 * where they have set none. Null where no day has hours.
 */
export function nextWithin(hours: OwnHours | null, now: Date, timeZone: string): Date | null {
  if (isWithin(hours, now, timeZone)) return now;
  const today = new Date(`${clockAt(now, timeZone).date}T00:00:00Z`);
  for (let ahead = 0; ahead <= WEEK_DAYS; ahead += 1) {
    // Dates are counted, not hours: a day has 23 or 25 of them when the clock changes.
    const day = new Date(today.getTime() + ahead * DAY_MS);
    const own = hours?.[(day.getUTCDay() + WEEK_DAYS - 1) % WEEK_DAYS] ?? null;
    if (own === null) continue;
    const begins = momentOf(day.toISOString().slice(0, 10), own.from, timeZone);
    if (begins > now) return begins;
  }
  return null;
}
