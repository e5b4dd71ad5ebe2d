import type { Directory } from '../../directory/directory.ts';
import type { Store } from '../../store/store.ts';

/** What weeks are made of. */
export interface WeekParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly clock: () => Date;
}

/** From Monday to Sunday. */
export const WEEK = [0, 1, 2, 3, 4, 5, 6] as const;
/** Lessons of a class in a week: fifteen a day. */
export const MOST_LESSONS = 75;
/** What is special in the weeks of a class in a year. */
export const MOST_SPECIALS = 200;
/** Things for one day. */
export const MOST_NEEDS = 12;
/** So far ahead one looks for the next day of class: summer is shorter. */
export const DAYS_AHEAD = 75;
/** Ticks are kept so many days. */
export const TICK_DAYS = 30;
