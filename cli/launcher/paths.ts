import { hash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { Fault } from '../../core/ground/fault.ts';
import { refused } from '../refused.ts';
import { TEXTS } from '../texts/launcher.ts';
import { FILES_WRONG } from '../texts/way-back.ts';
import type { RunAs } from './child.ts';

/** The form of `PREAU_DATA`; another number in the folder is a folder of another version. */
const FOLDER_VERSION = '1';
/** `nobody` on every Linux. */
const NOBODY: RunAs = { uid: 65_534, gid: 65_534 };

export interface Home {
  /** `PREAU_DATA`: keys, certificates, passwords; ours alone. */
  readonly dataDir: string;
  /**
   * Where the cluster lies: in `dataDir` where an unprivileged child can reach it, else under
   * /var/lib/preau.
   */
  readonly serviceDir: string;
  /** Short and the same for the same `PREAU_DATA`. */
  readonly key: string;
  /** Null when we are not root ourselves. */
  readonly runAs: RunAs | null;
}

/**
 * Stands in the data folder while a backup is being restored into it: one that is cut short is no
 * town's mail, and nothing starts on it.
 */
export const unfinishedRestore = (dataDir: string): string => join(dataDir, 'restoring');

/** Whether this data folder was ever opened, or what is left of it says so; makes nothing. */
export function isHome(dataDir: string): boolean {
  return ['version', 'services-in', 'postgres'].some((name) => existsSync(join(dataDir, name)));
}

/**
 * Makes or opens the data folder and finds where unprivileged children can work. A parent such as a
 * root's 0700 home would keep them out: then the cluster lives elsewhere, and a file in the folder
 * says where.
 */
export function openHome(dataDir: string): Home {
  const isRoot = process.getuid?.() === 0;
  try {
    makeFolder(dataDir);
    chmodSync(dataDir, isRoot ? 0o711 : 0o700);
    checkVersion(dataDir);
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault('configuration', TEXTS.notWritable(dataDir), { transient: false, cause });
  }
  const key = hash('sha256', dataDir).slice(0, 12);
  const runAs = isRoot ? NOBODY : null;
  return { dataDir, serviceDir: serviceDir({ dataDir, key, runAs }), key, runAs };
}

/**
 * A folder and those above it. Node's own `recursive` never ends where a folder is there and yet
 * takes none, as /proc does (tried with 24.21).
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (existsSync(path)) return;
  if (!existsSync(dirname(path))) makeFolder(dirname(path), mode);
  mkdirSync(path, mode);
}

function checkVersion(dataDir: string): void {
  const path = join(dataDir, 'version');
  if (!existsSync(path)) return writeFileSync(path, `${FOLDER_VERSION}\n`);
  const found = readFileSync(path, 'utf8').trim();
  if (!/^\d+$/.test(found)) throw refused(FILES_WRONG.versionGarbled(path, FOLDER_VERSION));
  if (found !== FOLDER_VERSION) throw otherVersion(dataDir, found, FOLDER_VERSION);
}

/** The one sentence for a data folder that another version made. */
export function otherVersion(folder: string, found: string, wanted: string): Fault {
  return new Fault('configuration', TEXTS.ofAnotherVersion(folder, found, wanted), {
    transient: false,
  });
}

function serviceDir({ dataDir, key, runAs }: Omit<Home, 'serviceDir'>): string {
  const record = join(dataDir, 'services-in');
  if (existsSync(record)) return placeIn(record);
  if (runAs === null || isReachable(dataDir)) return dataDir;
  const elsewhere = join('/var/lib/preau', key);
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  writeFileSync(record, `${elsewhere}\n`);
  return elsewhere;
}

/** The folder that a record names. Throws a `Fault` 'configuration' where it names none. */
function placeIn(record: string): string {
  const place = readFileSync(record, 'utf8').trim();
  if (isAbsolute(place) && existsSync(place)) return place;
  throw refused(FILES_WRONG.placeGarbled(record));
}

/** Whether another user can come to a folder: every folder above lets others pass. */
export function isReachable(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * Makes a folder that belongs to the children's user and to nobody else. Refuses one that somebody
 * else put there.
 */
export function ownFolder(path: string, runAs: RunAs | null, mode: number): void {
  mkdirSync(path, { recursive: true, mode });
  if (!isOwn(lstatSync(path), runAs))
    throw new Fault('configuration', TEXTS.ofSomebodyElse(path), { transient: false });
  if (runAs !== null) chownSync(path, runAs.uid, runAs.gid);
  chmodSync(path, mode);
}

/** Whether this is a folder, and belongs to us or to the children's user. */
export function isOwn(found: Stats, runAs: RunAs | null): boolean {
  const ours = [process.getuid?.() ?? found.uid, runAs?.uid ?? found.uid];
  return found.isDirectory() && ours.includes(found.uid);
}
