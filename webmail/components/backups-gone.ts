import type { WithConfig } from '../../core/ground/config.ts';
import type { WithRetention } from '../../core/town/readiness/contract.ts';
import type { Visit } from '../frame/visit.ts';
import { dayAfter } from '../frame/when.ts';

/** What says how long backups live. */
export type BackupsPart = WithConfig & WithRetention;

/**
 * The first day on which no backup has what is erased on a day, both `YYYY-MM-DD`; null where Préau
 * makes none.
 */
export function backupsGoneOn({ core }: Visit<BackupsPart>, erasedOn: string): string | null {
  return core.config.backup === null ? null : dayAfter(erasedOn, core.retention.backupGoneDays);
}
