import { clockAt, momentOf } from '../ground/clock.ts';
import { DAY_MS } from '../ground/spans.ts';

/** When gathered notices are told: at noon, and once the children have gone home. */
const TIMES = ['12:00', '16:30'] as const;

/** A moment at which what has come since the one before is told at once. */
export interface NoticeMoment {
  readonly at: Date;
  readonly since: Date;
}

/** The next such moment after `now`, on the school's clock. */
export function nextGathering(now: Date, timeZone: string): NoticeMoment {
  const today = new Date(`${clockAt(now, timeZone).date}T00:00:00Z`);
  const moments = [-1, 0, 1].flatMap((ahead) => {
    // Dates are counted, not hours: a day has 23 or 25 of them when the clock changes.
    const day = new Date(today.getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
    return TIMES.map((time) => momentOf(day, time, timeZone));
  });
  const next = moments.findIndex((moment) => moment > now);
  const [since = now, at = now] = moments.slice(next - 1, next + 1);
  return { at, since };
}
