import type { SchoolId } from '../../ground/ids.ts';
import type { OutboxRow } from '../../store/mail/outbox.ts';

/** A row whose first attempt was begun as it was stored, with all that the attempt needs. */
export interface BegunRow {
  readonly school: SchoolId;
  /** As it stood before that attempt. */
  readonly row: OutboxRow;
  readonly raw: Buffer;
  /** Until when the attempt is this process's own. */
  readonly until: Date;
}

/** Where delivery leaves the rows of the outbox that it stores: whoever sends them is above it. */
export interface OutboxHandover {
  /**
   * Until when rows that are stored now may be called this process's own, of a message of so many
   * bytes; null where it can't send them in a moment.
   */
  begunUntil(bytes: number): Date | null;
  /** Sends, after its commit, a row that was stored as begun. Not waited for. */
  send(begun: BegunRow): void;
  /**
   * Called after the commit for rows that are due, so that mail to outside leaves at once and not
   * at the sweeper's next look. It promises nothing and is not waited for.
   */
  hurry(school: SchoolId, rows: readonly number[]): void;
}
