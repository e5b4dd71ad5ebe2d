import type { StatsFs } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import { errorCode } from '../../ground/fault.ts';

/** Room in bytes: what is free of what there is. */
export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** The machine that this process runs on. */
export interface Machine {
  /** Of the disk that holds a folder. */
  disk(folder: string): Promise<DiskSpace>;
  /** What this process may still have, within the limits of its container. */
  memory(): DiskSpace;
  /** Whether a file or folder is there. */
  isThere(path: string): Promise<boolean>;
  /** Whether two folders that are there lie on one disk, and so may be lost together. */
  isOneDisk(one: string, other: string): Promise<boolean>;
}

export const MACHINE: Machine = {
  async disk(folder) {
    const { bavail, blocks, bsize } = await statfsNear(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  },
  // Without a container's limit Node says a number that no machine has.
  memory: () => ({
    freeBytes: process.availableMemory(),
    totalBytes: Math.min(totalmem(), process.constrainedMemory() || totalmem()),
  }),
  isThere: (path) =>
    stat(path).then(
      () => true,
      () => false,
    ),
  async isOneDisk(one, other) {
    const [here, there] = await Promise.all([stat(one), stat(other)]);
    return here.dev === there.dev;
  },
};

/** Of a folder, or, before the first start has made it, of the one that it will lie in. */
async function statfsNear(folder: string): Promise<StatsFs> {
  try {
    return await statfs(folder);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || folder === dirname(folder)) throw error;
    return statfsNear(dirname(folder));
  }
}
