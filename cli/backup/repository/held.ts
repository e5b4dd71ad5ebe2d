import { Fault } from '../../../core/ground/fault.ts';
import { BACKUP_WRONG } from '../../texts/backup.ts';
import { ERRORS, STANZA, type PgBackRest, type BackupRun } from './pgbackrest.ts';
import {
  gapFrom,
  isLeftBehind,
  readSegments,
  readSets,
  type BackupSet,
  type Gap,
  type Segment,
} from './sets.ts';

/** The backups of a repository, the oldest first. Throws a `Fault` where it can't be read. */
export async function setsOf(pgbackrest: PgBackRest): Promise<readonly BackupSet[]> {
  return readSets(must(await pgbackrest.run('info', ['--output=json'])));
}

/** The log that is kept since a backup, in its order, and what of it is missing. */
async function logSince(
  pgbackrest: PgBackRest,
  { archive, firstSegment }: BackupSet,
): Promise<{ readonly segments: readonly Segment[]; readonly gap: Gap | null }> {
  const path = `archive/${STANZA}/${archive}`;
  const listed = await pgbackrest.run('repo-ls', ['--recurse', '--output=json', path]);
  const segments = readSegments(must(listed));
  return { segments, gap: gapFrom(firstSegment, segments) };
}

/** A backup, and the log that is kept since. */
export interface NewestBackup {
  readonly set: BackupSet;
  readonly segments: readonly Segment[];
  readonly gap: Gap | null;
}

/** The newest of these backups that no restore has left behind; null: there is none. */
export async function newestOf(
  pgbackrest: PgBackRest,
  sets: readonly BackupSet[],
): Promise<NewestBackup | null> {
  for (const set of sets.toReversed()) {
    const log = await logSince(pgbackrest, set);
    if (!isLeftBehind(set, log.segments)) return { set, ...log };
  }
  return null;
}

/** What a command wrote; throws a `Fault` 'configuration' with a sentence where it failed. */
export function must(ran: BackupRun): string {
  if (ran.kind === 'done') return ran.output;
  throw new Fault('configuration', sentenceFor(ran), { transient: false });
}

function sentenceFor({ code, said }: Extract<BackupRun, { kind: 'failed' }>): string {
  const isOf = (codes: readonly number[]): boolean => code !== null && codes.includes(code);
  if (isOf(ERRORS.busy)) return BACKUP_WRONG.busy;
  if (isOf(ERRORS.notArchiving)) return BACKUP_WRONG.notArchiving;
  if (isOf(ERRORS.otherDatabase)) return BACKUP_WRONG.otherTown;
  return BACKUP_WRONG.failed(said);
}
