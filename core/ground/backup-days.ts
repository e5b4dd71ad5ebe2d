/** How long what is erased goes on living in the backups: the numbers that each part goes by. */

import { dayAt } from './clock.ts';
import { DAY_MS } from './spans.ts';

/** So far back, at least, one can come back. */
export const BACKUP_DAYS = 30;
/** From one full backup to the next (`cli/backup/repository/sets.ts`). */
const FULL_EVERY_DAYS = 7;
/** That a machine was off, or the repository away. */
const NIGHTS = 3;
/**
 * After so many days no backup has any more what was erased: one that was made just before hangs on
 * the full one of that week, which goes once the next one is `BACKUP_DAYS` old.
 */
export const BACKUP_GONE_DAYS = BACKUP_DAYS + FULL_EVERY_DAYS + NIGHTS;

/**
 * So long an object that nobody uses lies in the store of large bodies, sealed by a key that is
 * gone: longer than any backup, so that whatever is restored finds its bytes.
 */
export const BODY_GONE_DAYS = 45;

/** From the day after the night on that deletes it, the store has it no more. */
export const BODY_GONE_FROM_DAYS = BODY_GONE_DAYS + 1;

/** The day that is so many days from a moment, `YYYY-MM-DD` of this zone. */
export const dayFrom = (at: Date, days: number, timeZone: string): string =>
  dayAt(new Date(at.getTime() + days * DAY_MS), timeZone);
