/** Whether there is room for a trial restore, and whether one is due: pure. */
import { DAY_MS } from '../../../core/ground/spans.ts';
import type { BackupRecord } from '../../../core/town/readiness/backup/record.ts';
import type { DiskSpace } from '../../../core/town/readiness/machine.ts';
import type { BackupSet, Segment } from '../repository/sets.ts';

/** What the log may unfold to, of its size in the repository: it is full of pages like others. */
const LOG_UNFOLDS = 10;
/** What PostgreSQL itself wants while it recovers: its log, and files for sorting. */
const WORKING_BYTES = 1_073_741_824;
/** Shares of the disk that stay free for the town that runs. */
const LEFT_FREE = 0.05;
const PLENTY_LEFT = 0.25;
/** A week less half a night: no two nights' work ends at the same minute. */
const WEEK_MS = 6.5 * DAY_MS;

/** What a restore takes of a disk at most, in bytes. */
export function neededBytes({
  set,
  log,
}: {
  readonly set: Pick<BackupSet, 'restoredBytes'>;
  readonly log: readonly Pick<Segment, 'bytes'>[];
}): number {
  const logBytes = log.reduce((sum, { bytes }) => sum + bytes, 0);
  return set.restoredBytes + LOG_UNFOLDS * logBytes + WORKING_BYTES;
}

/** Each night where there is plenty, once a week where there is enough. */
export function roomFor(
  needed: number,
  { freeBytes, totalBytes }: DiskSpace,
): 'plenty' | 'enough' | 'none' {
  const left = (freeBytes - needed) / totalBytes;
  if (left < LEFT_FREE) return 'none';
  return left < PLENTY_LEFT ? 'enough' : 'plenty';
}

/** What has failed is tried again each night. */
export function isTrialDue(
  { tried, restored }: Pick<BackupRecord, 'tried' | 'restored'>,
  { room, now }: { readonly room: ReturnType<typeof roomFor>; readonly now: Date },
): boolean {
  if (room !== 'enough' || restored === null || tried?.trouble !== null) return true;
  return now.getTime() - restored.at.getTime() > WEEK_MS;
}
