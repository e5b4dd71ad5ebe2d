import type { Directory } from '../../directory/directory.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import type { Store } from '../../store/store.ts';

/** What walls are made of. */
export interface WallParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly mailEvents: MailEvents;
  readonly domain: string;
  /** The key of keyed hashes: what our pages made bears a mark of it. */
  readonly secret: Buffer;
  readonly clock: () => Date;
}

/** Gifts on one page of a wall. */
export const GIFTS_A_PAGE = 24;
/** Gifts of one child that wait at once. */
export const MOST_WAITING = 12;
/** On a wall in a school year: a book of some 200 leaves. */
export const MOST_HUNG = 400;
/** Makings that a child chooses among, newest first. */
export const MOST_MAKINGS = 12;
/** Letters in which they are looked for. */
export const MOST_LETTERS = 60;
/** A word to a child. */
export const LONGEST_WORD = 300;
