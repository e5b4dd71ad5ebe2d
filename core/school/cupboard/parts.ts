import type { StatsFs } from 'node:fs';
import type { Directory } from '../../directory/directory.ts';
import type { Scanner } from '../../letters/scan/clamd.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { Store } from '../../store/store.ts';
import type { CupboardPlace } from './rights.ts';

/** What looks into cupboards. */
export interface CupboardParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly clock: () => Date;
  /** On whose disk there must be room for a file; none: it isn't ours to look at. */
  readonly dataDir?: string;
  /** How full it is. */
  readonly disk?: (folder: string) => Promise<Pick<StatsFs, 'bavail' | 'blocks' | 'bsize'>>;
}

/** What puts files into them besides. */
export interface PuttingParts extends CupboardParts {
  readonly scanner: Pick<Scanner, 'scanFile'>;
  /** The key of keyed hashes: what our pages made bears a mark of it. */
  readonly secret: Buffer;
}

/** A file at most, but for films and sounds of adults (`mostFilmBytes`). */
export const MOST_FILE_BYTES = 25_000_000;
const SHARED_BYTES = 10_000_000_000;
const PUPILS_BYTES = 500_000_000;
const ADULTS_BYTES = 2_000_000_000;

/** What lies in a cupboard; as much may lie in its bin and in earlier versions. */
export const mostBytesOf = (place: CupboardPlace, { role }: Pick<Viewer, 'role'>): number => {
  if (place !== 'own') return SHARED_BYTES;
  return role === 'pupil' ? PUPILS_BYTES : ADULTS_BYTES;
};
/** Files and folders of a cupboard. */
export const MOST_ITEMS = 30_000;
/** Folders within folders. */
export const MOST_DEEP = 4;
/** On one page of a folder. */
export const ITEMS_A_PAGE = 60;
/** What is shown of what is found. */
export const MOST_FOUND = 60;
/** In each other cupboard. */
export const MOST_FOUND_ELSEWHERE = 20;
/** What stands on the page of the bin. */
export const MOST_THROWN = 200;
/** What a file was before. */
export const MOST_VERSIONS = 10;
/** How long the bin keeps something, and what a file was before. */
export const KEPT_DAYS = 30;
