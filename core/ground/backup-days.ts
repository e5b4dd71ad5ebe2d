import { dayAt } from './clock.ts';
/** How long what is erased goes on living in the backups: the numbers that each part goes by. */
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

/** The first day on which no backup has what is erased now, `YYYY-MM-DD` of this zone. */
export function goneFromBackups(erasedAt: Date, timeZone: string): string {
  return dayAt(new Date(erasedAt.getTime() + BACKUP_GONE_DAYS * DAY_MS), timeZone);
}
