import { CLOCK_OF } from '../../ground/time-zones.ts';
import type { Day } from '../days.ts';

/** A school year and the day from which an import for it holds. */
export type Year =
  | { readonly kind: 'running'; readonly day: string }
  | { readonly kind: 'next'; readonly day: string }
  | { readonly kind: 'wrong-year'; readonly running: string; readonly next: string };

/**
 * Day and month on which a French school year begins, for the roster: the rentrée moves by a day or
 * two, the roll-over can be moved.
 */
const FIRST_DAY = '09-01';

/**
 * `2026-2027` seen from `today` (`YYYY-MM-DD`): the running year holds from today, the next one
 * from its first day, others don't.
 */
export function yearOf(year: string, today: string): Year {
  const first = Number(today.slice(0, 4)) - (today.slice(5) < FIRST_DAY ? 1 : 0);
  const running = `${first}-${first + 1}`;
  const next = `${first + 1}-${first + 2}`;
  if (year === running) return { kind: 'running', day: today };
  return year === next
    ? { kind: 'next', day: `${first + 1}-${FIRST_DAY}` }
    : { kind: 'wrong-year', running, next };
}

/** Between which days a school may go over to another year, both among them. */
export interface RollOverDays {
  readonly from: Day;
  readonly until: Day;
}

/** Where school begins in February and ends in December. */
const OF_THE_SOUTH: ReadonlySet<string> = new Set([CLOCK_OF.caledonia, CLOCK_OF.wallis]);

/**
 * From the holidays before `2027-2028` to its end. Earlier, the classes of the year that runs would
 * end in the middle of it; later, the year would be over, or never come.
 */
export function rollOverDays(year: string, timeZone: string): RollOverDays {
  const before = OF_THE_SOUTH.has(timeZone) ? '01-01' : '07-01';
  return { from: `${year.slice(0, 4)}-${before}`, until: `${year.slice(-4)}-07-31` };
}
