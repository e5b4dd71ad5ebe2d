import { clockAt, momentOf } from './clock.ts';
import type { School } from './snapshot.ts';

/** The same days each week: within eight days one comes round again. */
const DAYS_AHEAD = 8;
const DAY_MS = 86_400_000;

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
  const today = new Date(`${clockAt(now, timeZone).date}T00:00:00Z`);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    // Dates are counted, not hours: a day has 23 or 25 of them when the clock changes.
    const date = new Date(today.getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
    const candidate = momentOf(date, opening.from, timeZone);
    if (candidate > now && opening.days.includes(clockAt(candidate, timeZone).weekday))
      return candidate;
  }
  return now;
}

/** A week of school where a school has set no hours: four days, as most of the country has. */
const USUAL: OpeningHours = { days: [1, 2, 4, 5], from: '08:30', to: '16:30' };

/**
 * One school day after a moment: the same hour of the next day on which there is school, counted
 * from the moment itself, or from when the school opens next.
 */
export function schoolDayAfter(school: Pick<School, 'opening' | 'timeZone'>, from: Date): Date {
  const { timeZone } = school;
  const opening = school.opening && school.opening.days.length > 0 ? school.opening : USUAL;
  const begun = clockAt(nextOpening({ opening, timeZone }, from), timeZone);
  const day = new Date(`${begun.date}T00:00:00Z`);
  for (let ahead = 1; ahead <= DAYS_AHEAD; ahead += 1) {
    const date = new Date(day.getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
    const candidate = momentOf(date, begun.time, timeZone);
    if (opening.days.includes(clockAt(candidate, timeZone).weekday)) return candidate;
  }
  return from;
}

/** The last moment by `now` at which a clock in this zone showed `time`. */
export function lastMomentOf(
  time: string,
  { now, timeZone }: { readonly now: Date; readonly timeZone: string },
): Date {
  const { date } = clockAt(now, timeZone);
  const today = momentOf(date, time, timeZone);
  if (today <= now) return today;
  const yesterday = new Date(new Date(`${date}T00:00:00Z`).getTime() - DAY_MS);
  return momentOf(yesterday.toISOString().slice(0, 10), time, timeZone);
}

/** When pupils may send: days are 1 (Monday) to 7, hours `HH:MM` in the school's time zone. */
export interface OpeningHours {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}
