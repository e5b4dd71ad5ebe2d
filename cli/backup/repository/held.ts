import { Fault } from '../../../core/ground/fault.ts';
import { BACKUP_WRONG } from '../../texts/backup.ts';
import { ERRORS, STANZA, type PgBackRest, type BackupRun } from './pgbackrest.ts';
import { gapFrom, readSegments, readSets, type BackupSet, type Gap, type Segment } from './sets.ts';

/** The backups of a repository, the oldest first. Throws a `Fault` where it can't be read. */
export async function setsOf(pgbackrest: PgBackRest): Promise<readonly BackupSet[]> {
  return readSets(must(await pgbackrest.run('info', ['--output=json'])));
}

/** The log that is kept since a backup, in its order, and what of it is missing. */
export async function logSince(
  pgbackrest: PgBackRest,
  { archive, firstSegment }: BackupSet,
): Promise<{ readonly segments: readonly Segment[]; readonly gap: Gap | null }> {
  const path = `archive/${STANZA}/${archive}`;
  const listed = await pgbackrest.run('repo-ls', ['--recurse', '--output=json', path]);
  const segments = readSegments(must(listed));
  return { segments, gap: gapFrom(firstSegment, segments) };
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
