import { dayAt } from '../../ground/clock.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { weekdayOf } from '../../roster/days.ts';
import type { Opening } from '../../roster/snapshot.ts';

/** Days on which a school that has set no hours is at work: Monday to Friday. */
const WEEK = [1, 2, 3, 4, 5] as const;
/** Within so many days one of a week's comes round. */
const DAYS_AHEAD = 7;

/**
 * The same hour on the next day of school, seen from a moment: what is asked on Friday at three is
 * a school day old on Monday at three. Holidays count as any week does: a child who asks for
 * help waits for nobody's return.
 */
export function nextSchoolDay(
  { opening, timeZone }: { readonly opening: Opening | null; readonly timeZone: string },
  from: Date,
): Date {
  const days: readonly number[] = opening && opening.days.length > 0 ? opening.days : WEEK;
  for (let ahead = 1; ahead <= DAYS_AHEAD; ahead += 1) {
    const moment = new Date(from.getTime() + ahead * DAY_MS);
    if (days.includes(weekdayOf(dayAt(moment, timeZone)))) return moment;
  }
  return new Date(from.getTime() + DAY_MS);
}
