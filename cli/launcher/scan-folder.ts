/**
 * Where clamd keeps what it looks at: for each letter it makes two folders and two files and
 * removes them again, which costs less in memory than on a disk (decision 73).
 */
import { existsSync, lstatSync, readFileSync, rmSync, statfsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { RunAs } from './child.ts';
import { isOwn, ownFolder } from './paths.ts';

const TMP = '/tmp';
const SHM = '/dev/shm';
/** Of statfs(2): what kind of file system a folder is on. */
const TMPFS = 0x01021994;
/** Several letters at once that unpack to the utmost. What finds no room is to be sent again. */
const UTMOST_SCANS = 4;
/** Of the memory, what others need: clamd's signatures 1.3 GB, PostgreSQL the rest. */
const OTHERS_BYTES = 2_000_000_000;

/** A folder of the system that may lie in memory. */
export interface ScanPlace {
  readonly path: string;
  readonly isInMemory: boolean;
  /** Whether clamd may write there, and nobody sweeps it under its hands. */
  readonly isOpen: boolean;
  readonly freeBytes: number;
}

/**
 * The first of these folders that lies in memory and has room for scans of at most `scanBytes`
 * each, or null: then they belong on the disk. `memoryBytes` is what the machine has left.
 */
export function choosePlace(
  places: readonly ScanPlace[],
  { scanBytes, memoryBytes }: { readonly scanBytes: number; readonly memoryBytes: number },
): string | null {
  const needed = UTMOST_SCANS * scanBytes;
  if (memoryBytes < needed + OTHERS_BYTES) return null;
  const fits = ({ isInMemory, isOpen, freeBytes }: ScanPlace) =>
    isInMemory && isOpen && freeBytes >= needed;
  return places.find(fits)?.path ?? null;
}

/** Of this system: /tmp where it lies in memory, as Debian 13 has it, else /dev/shm. */
function memoryForScans(scanBytes: number): string | null {
  return choosePlace([placeAt(TMP, { isOpen: true }), placeAt(SHM, { isOpen: mayUseShm() })], {
    scanBytes,
    memoryBytes: process.availableMemory(),
  });
}

function placeAt(path: string, { isOpen }: { readonly isOpen: boolean }): ScanPlace {
  try {
    const { type, bavail, bsize } = statfsSync(path);
    return { path, isOpen, isInMemory: type === TMPFS, freeBytes: bavail * bsize };
  } catch {
    return { path, isOpen, isInMemory: false, freeBytes: 0 };
  }
}

/**
 * Debian's AppArmor profile keeps clamd out of /dev/shm. Somebody's own files there are removed
 * when they sign out (RemoveIPC in logind.conf(5)), those of root and of the users of services
 * aren't.
 */
function mayUseShm(): boolean {
  const isConfined = isAppArmorOn() && existsSync('/etc/apparmor.d/usr.sbin.clamd');
  return process.getuid?.() === 0 && !isConfined;
}

function isAppArmorOn(): boolean {
  try {
    return readFileSync('/sys/module/apparmor/parameters/enabled', 'utf8').startsWith('Y');
  } catch {
    return false;
  }
}

export interface ScanFolder {
  readonly path: string;
  /** Makes it anew, without what a clamd that was killed has left in it. */
  empty(): void;
  /**
   * To be called now and then: keeps it from what sweeps /tmp, after ten days of rest on Debian 13
   * (tmpfiles.d(5)), and makes it again where it is gone all the same.
   */
  keep(): void;
  remove(): void;
}

interface ScanNeeds {
  readonly runAs: RunAs | null;
  readonly scanBytes: number;
  readonly otherwise: string;
}

/**
 * The folder for scans of at most `scanBytes` each, empty and `runAs`'s alone: in memory where the
 * system has some for it, else in the folder `otherwise`. One of this name that an earlier start
 * left in memory is removed. Throws a `Fault` 'configuration' where somebody else put it there.
 */
export function openScanFolder(name: string, given: ScanNeeds): ScanFolder {
  const { runAs, scanBytes, otherwise } = given;
  for (const place of [TMP, SHM]) removeOwn(join(place, name), runAs);
  const path = join(memoryForScans(scanBytes) ?? otherwise, name);
  const remove = () => removeOwn(path, runAs);
  const empty = () => {
    remove();
    ownFolder(path, runAs, 0o700);
  };
  empty();
  return {
    path,
    empty,
    keep() {
      ownFolder(path, runAs, 0o700);
      const now = new Date();
      utimesSync(path, now, now);
    },
    remove,
  };
}

function removeOwn(path: string, runAs: RunAs | null): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found !== undefined && isOwn(found, runAs)) rmSync(path, { recursive: true, force: true });
}
