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
