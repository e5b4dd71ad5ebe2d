import { existsSync } from 'node:fs';
import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupRecord, Size } from '../../../core/town/readiness/backup/record.ts';
import type { BackupTrouble } from '../../../core/town/readiness/backup/troubles.ts';
import { dataAt } from '../data-folder.ts';
import { readDestination } from '../repository/destination.ts';
import { must, newestOf, setsOf } from '../repository/held.ts';
import type { BackupKey } from '../repository/key.ts';
import type { PgBackRest } from '../repository/pgbackrest.ts';
import { listedBytes, type BackupSet, type Segment } from '../repository/sets.ts';
import { openSideFiles, type SideFiles } from '../repository/side-files.ts';
import { judge, readDamage } from './soundness.ts';

/** A repository that was looked at: every byte of it, and how large it is. */
export interface RepositoryReport extends Pick<BackupRecord, 'reach'> {
  readonly trouble: BackupTrouble | null;
  readonly olderDamaged: boolean;
  /** Null: it isn't there. */
  readonly size: Size | null;
  /** What a restore to the latest would bring back; null where none would. */
  readonly newest: { readonly set: BackupSet; readonly log: readonly Segment[] } | null;
}

/** What is known of a repository that couldn't be looked at. */
export const NOTHING_KNOWN = {
  olderDamaged: false,
  reach: null,
  size: null,
  newest: null,
} as const;

/**
 * Looks at a repository without changing it: at its folder first, since pgBackRest would make one
 * that is away; at the key, which our own file tells; then reads all of it. To be done in a process
 * that serves nobody, which a disk that hangs may hold.
 */
export async function examine(
  { repository, key }: { readonly repository: string; readonly key: BackupKey },
  { open, signal }: { readonly open: () => Promise<PgBackRest>; readonly signal: AbortSignal },
): Promise<RepositoryReport> {
  const nothing = (
    kind: BackupTrouble['kind'],
    detail: string,
    size: Size | null,
  ): RepositoryReport => ({
    ...NOTHING_KNOWN,
    trouble: { kind, detail },
    size,
  });
  const isFolder = readDestination(repository).kind === 'folder';
  const beside = openSideFiles(repository, { key, signal });
  if (isFolder) await beside.look(); // or it says that it hangs
  if (isFolder && !existsSync(repository)) return nothing('away', repository, null);
  const local = isFolder ? await sizeOf(repository) : null;
  const settings = await dataAt(beside, key, null);
  if (settings === 'not-ours') return nothing('empty', repository, local);
  if (settings === 'wrong-key') return nothing('wrong-key', '', local);
  const pgbackrest = await open();
  const size = local ?? (await sizeElsewhere(pgbackrest, beside));
  const damage = readDamage(
    must(await pgbackrest.run('verify', ['--output=none', '--verbose', '--log-level-stderr=info'])),
  );
  if (damage.isUnreadable) return nothing('unreadable', '', size);
  const sets = await setsOf(pgbackrest);
  const newest = await newestOf(pgbackrest, sets);
  if (newest === null) return nothing('empty', repository, size);
  const { set, segments } = newest;
  return { ...judge(damage, { sets, newest }), size, newest: { set, log: segments } };
}

/** Of another machine; our own few files aren't counted. */
async function sizeElsewhere(pgbackrest: PgBackRest, beside: SideFiles): Promise<Size> {
  const listed = must(await pgbackrest.run('repo-ls', ['--recurse', '--output=json']));
  return { at: new Date(), bytes: listedBytes(listed), freeBytes: await beside.freeBytes() };
}

/** Files that come or go meanwhile are counted or not. */
async function sizeOf(folder: string): Promise<Size> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile())
      bytes += await stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      );
  const { bavail, bsize } = await statfs(folder);
  return { at: new Date(), bytes, freeBytes: bavail * bsize };
}
