import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../../core/ground/fault.ts';
import { readDestination, type SftpDestination } from './destination.ts';
import { askRepository } from './folder.ts';
import type { BackupKey } from './key.ts';
import { inSession } from './sftp/session.ts';

/** Our own files beside what pgBackRest keeps in a repository, by folder and name. */
export interface SideFiles {
  /**
   * Looks whether they can be written; throws a `Fault` 'configuration' that says why not. Makes
   * the folder of another machine, below one that is there.
   */
  look(): Promise<void>;
  /** What the disk has left for them; past all counting where the other machine doesn't tell. */
  freeBytes(): Promise<number>;
  /** None where the folder isn't there. */
  names(folder: string): Promise<readonly string[]>;
  read(folder: string, name: string): Promise<Buffer>;
  /** Whole or not at all; makes the folder, never those above: an absent disk stays absent. */
  write(folder: string, name: string, bytes: Buffer): Promise<void>;
  remove(folder: string, name: string): Promise<void>;
}

/** Written and removed again, to see whether it can be. */
const TRIAL = '.preau';

interface SideFilesAccess {
  readonly key: BackupKey;
  readonly signal: AbortSignal;
  readonly patienceMs?: number;
}

/** Opens the files beside a repository. They throw where it is away. */
export function openSideFiles(
  repository: string,
  { key, signal, patienceMs }: SideFilesAccess,
): SideFiles {
  const destination = readDestination(repository);
  return destination.kind === 'folder'
    ? inFolder(destination.path, patienceMs)
    : overSftp({ destination, key, signal });
}

/** A disk of another machine may hang: nobody else waits for it. */
function inFolder(root: string, patienceMs: number | undefined): SideFiles {
  const asked = <T>(ask: () => Promise<T>): Promise<T> => askRepository(root, ask, patienceMs);
  const ifThere = <T>(found: Promise<T>, none: T): Promise<T> =>
    found.catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw error;
      return none;
    });
  return {
    look: () => asked(() => ifThere(stat(root).then(noop), undefined)),
    freeBytes: () => asked(() => statfs(root).then(({ bavail, bsize }) => bavail * bsize)),
    names: (folder) => asked(async () => (await ifThere(readdir(join(root, folder)), [])).sort()),
    read: (folder, name) => asked(() => readFile(join(root, folder, name))),
    write: (folder, name, bytes) =>
      asked(async () => {
        const path = join(root, folder, name);
        await mkdir(join(root, folder), { mode: 0o700 }).catch((error: unknown) => {
          if (errorCode(error) !== 'EEXIST') throw error;
        });
        await writeFile(`${path}.new`, bytes, { mode: 0o600, flush: true });
        await rename(`${path}.new`, path);
      }),
    remove: (folder, name) => asked(() => rm(join(root, folder, name), { force: true })),
  };
}

const noop = (): void => {};

interface SftpAccess {
  readonly destination: SftpDestination;
  readonly key: BackupKey;
  readonly signal: AbortSignal;
}

/** Each of them is a session of its own: few are asked for. */
function overSftp(at: SftpAccess): SideFiles {
  const root = at.destination.path;
  const parents = root
    .split('/')
    .slice(1)
    .map((_name, at, all) => `/${all.slice(0, at + 1).join('/')}`);
  return {
    look: () =>
      inSession(
        at,
        (here) => {
          writeFileSync(join(here, 'file'), '');
          const made = parents.map((folder) => `-mkdir "${folder}"`);
          return [...made, `put "${here}/file" "${root}/${TRIAL}"`, `rm "${root}/${TRIAL}"`];
        },
        () => undefined,
      ),
    freeBytes: () => inSession(at, () => [`-df "${root}"`], freeBytesIn),
    names: (folder) =>
      inSession(
        at,
        () => [`-ls -1 "${root}/${folder}"`],
        (output) => namesIn(output, folder),
      ),
    read: (folder, name) =>
      inSession(
        at,
        (here) => [`get "${root}/${folder}/${name}" "${here}/file"`],
        (_output, here) => readFileSync(join(here, 'file')),
      ),
    write: (folder, name, bytes) =>
      inSession(
        at,
        (here) => {
          writeFileSync(join(here, 'file'), bytes, { mode: 0o600 });
          const path = `${root}/${folder}/${name}`;
          return [
            `-mkdir "${root}/${folder}"`,
            `put "${here}/file" "${path}.new"`,
            `rename "${path}.new" "${path}"`,
          ];
        },
        () => undefined,
      ),
    remove: (folder, name) =>
      inSession(
        at,
        () => [`-rm "${root}/${folder}/${name}"`],
        () => undefined,
      ),
  };
}

/** Of what `df` writes: kilobytes in all, used, and available to its user. */
function freeBytesIn(output: string): number {
  const available = /^ *\d+ +\d+ +(\d+) +\d+ +\d+%/m.exec(output)?.[1];
  return available === undefined ? Number.MAX_SAFE_INTEGER : Number(available) * 1_024;
}

/** Of what `ls -1` writes, the command itself and a complaint among it. */
function namesIn(output: string, folder: string): readonly string[] {
  return output
    .split('\n')
    .filter((line) => line.includes(`/${folder}/`) && !line.startsWith('sftp>'))
    .map((line) => line.trim().split('/').at(-1) ?? '')
    .sort();
}
