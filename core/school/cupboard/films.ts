import { statfs } from 'node:fs/promises';
import { FILE_BYTES } from '../../letters/scan/limits.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { takesLargeFilms } from '../../store/town/settings.ts';
import { MOST_FILE_BYTES, type CupboardParts } from './parts.ts';

/** No film gets this part of a disk, nor any file a gigabyte of it: a full one takes no mail. */
const KEPT_SHARE = 0.1;
const KEPT_BYTES = 1_000_000_000;

/** How large a file may be that somebody puts away: on a disk that is nearly full, none. */
export async function mostFileBytes(parts: CupboardParts): Promise<number> {
  const { bytes, sizeBytes } = await roomOn(parts);
  const left = bytes - Math.min(KEPT_BYTES, KEPT_SHARE * sizeBytes);
  return Math.max(0, Math.min(MOST_FILE_BYTES, Math.floor(left / 2)));
}

/**
 * How large a film or a sound may be that somebody puts away: an adult's as large as a town that
 * takes such films has room for, anybody else's as any file.
 */
export async function mostFilmBytes(
  parts: CupboardParts,
  { role }: Pick<Viewer, 'role'>,
): Promise<number> {
  const most = await mostFileBytes(parts);
  if (role === 'pupil' || !(await parts.store.readTown(takesLargeFilms))) return most;
  const { bytes, sizeBytes } = await roomOn(parts);
  // A film lies on the disk twice while it is looked at.
  const room = Math.floor((bytes - KEPT_SHARE * sizeBytes) / 2);
  return Math.max(most, Math.min(FILE_BYTES, room));
}

/** What is free on the disk, and how large it is. */
async function roomOn({ dataDir, disk = statfs }: CupboardParts) {
  if (dataDir === undefined) return { bytes: Infinity, sizeBytes: 0 };
  const { bavail, blocks, bsize } = await disk(dataDir);
  return { bytes: bavail * bsize, sizeBytes: blocks * bsize };
}
