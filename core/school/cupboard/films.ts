import { statfs } from 'node:fs/promises';
import { FILE_BYTES } from '../../letters/scan/limits.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { takesLargeFilms } from '../../store/town/settings.ts';
import { MOST_FILE_BYTES, type CupboardParts } from './parts.ts';

/** What of a disk is never given to films: full, it takes no mail. */
const KEPT_SHARE = 0.1;

/**
 * How large a film or a sound may be that somebody puts away: an adult's as large as a town that
 * takes such films has room for, anybody else's as any file.
 */
export async function mostFilmBytes(
  { store, dataDir }: CupboardParts,
  { role }: Pick<Viewer, 'role'>,
): Promise<number> {
  if (role === 'pupil' || !(await store.readTown(takesLargeFilms))) return MOST_FILE_BYTES;
  const room = dataDir === undefined ? FILE_BYTES : await roomOn(dataDir);
  return Math.max(MOST_FILE_BYTES, Math.min(FILE_BYTES, room));
}

/** A film lies on the disk twice while it is looked at. */
async function roomOn(folder: string): Promise<number> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return Math.floor((bavail * bsize - KEPT_SHARE * blocks * bsize) / 2);
}
