import type { WithConfig } from '../../core/ground/config.ts';
import { dayAfter } from '../../core/roster/days.ts';
import type { WithRetention } from '../../core/town/readiness/contract.ts';
import type { Visit } from '../frame/visit.ts';
import { wholeCalendarDay } from '../frame/when.ts';

/** What says how long backups live, and what is kept outside the database. */
export type BackupsPart = WithConfig & WithRetention;

interface GoneWords {
  readonly goneOn: (day: string) => string;
  readonly storeGoneOn: (day: string) => string;
}

/**
 * From which days on no backup has what is erased on a day (`YYYY-MM-DD`), and the store of large
 * messages neither: a sentence each, where the town has them.
 */
export function goneSentences(
  { core: { config, retention }, viewer: { language } }: Visit<BackupsPart>,
  erasedOn: string,
  words: GoneWords,
): readonly string[] {
  const day = (days: number): string => wholeCalendarDay(language, dayAfter(erasedOn, days));
  return [
    ...(config.backup === null ? [] : [words.goneOn(day(retention.backupGoneDays))]),
    ...(config.bodies === null ? [] : [words.storeGoneOn(day(retention.bodyGoneDays))]),
  ];
}
