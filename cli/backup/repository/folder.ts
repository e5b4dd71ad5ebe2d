import { chmod, chown, lstat, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, Fault } from '../../../core/ground/fault.ts';
import { askFolder, FolderHangs } from '../../../core/ground/slow-folder.ts';
import type { RunAs } from '../../launcher/child.ts';
import { isOwn } from '../../launcher/paths.ts';
import { refused } from '../../refused.ts';
import { BACKUP_WRONG } from '../../texts/backup.ts';
import { TEXTS } from '../../texts/launcher.ts';

/** So long a folder is waited for; a busy disk takes a while to write. */
const PATIENCE_MS = 30_000;

/**
 * Asks something of a repository that is a folder, off the loop that serves mail: a disk of another
 * machine may hang. Whoever waited is told, and nobody else has to.
 */
export function askRepository<T>(
  root: string,
  ask: () => Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  return askFolder(root, ask, patienceMs).catch((error: unknown) => {
    throw error instanceof FolderHangs ? silent(root, error) : error;
  });
}

const silent = (root: string, cause: FolderHangs): Fault =>
  new Fault('configuration', BACKUP_WRONG.silent(root), { transient: false, cause });

/** Whether it was refused because the folder gives no answer. */
export const isSilence = (error: unknown): boolean =>
  error instanceof Fault && error.cause instanceof FolderHangs;

/**
 * Makes what is missing of a repository that is a folder, with the folder of pgBackRest in it, of
 * the user that PostgreSQL runs as.
 */
export function makeRepository(
  root: string,
  runAs: RunAs | null,
  patienceMs?: number,
): Promise<void> {
  const make = async (): Promise<void> => {
    if (!(await isThere(root))) {
      await mkdir(root, { recursive: true });
      await chmod(root, 0o711);
    }
    if (runAs !== null && !(await isPassable(root))) throw refused(BACKUP_WRONG.unreachable(root));
    const own = join(root, 'pgbackrest');
    await mkdir(own, { recursive: true, mode: 0o700 });
    if (!isOwn(await lstat(own), runAs)) throw refused(TEXTS.ofSomebodyElse(own));
    if (runAs !== null) await chown(own, runAs.uid, runAs.gid);
    await chmod(own, 0o700);
  };
  return askRepository(root, make, patienceMs);
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw error;
      return false;
    },
  );
}

/** Whether another user can come to a folder: every folder above lets others pass. */
async function isPassable(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
