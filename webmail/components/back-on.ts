import { dayAfter } from '../../core/roster/days.ts';
import type { Visit } from '../frame/visit.ts';
import { todayOn, weekdayAt } from '../frame/when.ts';

/** The day on which a child writes again: « demain », or the day's name. */
export function backOn(visit: Visit, until: Date): string {
  const { texts, clock } = visit;
  return todayOn({ ...clock, now: until }) === dayAfter(todayOn(clock), 1)
    ? texts.teaching.marks.tomorrow
    : weekdayAt(clock, until);
}
