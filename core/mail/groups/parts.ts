import type { Directory } from '../../directory/directory.ts';
import type { Store } from '../../store/store.ts';

export interface GroupParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly clock: () => Date;
}

/** More groups than a timetable has. */
export const MOST_GROUPS = 40;
/** More than a group at work in one room; a class has its list. */
export const MOST_PUPILS = 60;
