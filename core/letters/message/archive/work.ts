/**
 * How much of a message's archives is read. One for all files of a message: what is past a limit
 * is read no further, and said once and for good.
 */
import {
  ARCHIVE_DEPTH,
  ARCHIVE_ENTRIES,
  ARCHIVE_NAME_BYTES,
  ARCHIVE_RATIO,
  ARCHIVE_RATIO_FREE_BYTES,
  ARCHIVE_UNPACKED_BYTES,
  FILES_LINK_BYTES,
} from '../limits.ts';
import type { FileKind } from '../magic.ts';
import type { ArchiveLimit } from '../message.ts';

/** So much of the files of one message may be read, in all. */
export interface ArchiveLimits {
  readonly entries: number;
  readonly unpackedBytes: number;
  /** What may be searched for links; null: nobody asks for any, of its texts neither. */
  readonly linkBytes: number | null;
}

/** The limits of a message. */
export const ALL: ArchiveLimits = {
  entries: ARCHIVE_ENTRIES,
  unpackedBytes: ARCHIVE_UNPACKED_BYTES,
  linkBytes: FILES_LINK_BYTES,
};
/** Of the event loop, which unpacks nothing and searches no file. */
export const AT_ONCE: ArchiveLimits = { entries: 0, unpackedBytes: 0, linkBytes: 0 };

/** What was read so far; `exceeded` is the first limit that was met, and ends the reading. */
export interface ArchiveWork {
  entriesLeft: number;
  bytesLeft: number;
  exceeded: ArchiveLimit | null;
  /** Hears of every file that is no archive, at every depth, and what its start says it is. */
  readonly onFile: (bytes: Buffer, kind: FileKind) => void;
}

/** One archive, at its depth: what its entries may still give. */
export interface OpenArchive {
  readonly work: ArchiveWork;
  bytesLeft: number;
}

/** A file in an archive: every name it has there, and its bytes. */
export interface ArchiveEntry {
  readonly names: readonly string[];
  /**
   * Null where they can't be had: locked, packed in a way we don't know, broken, or past a limit.
   */
  open(): Buffer | null;
}

/** Nothing read yet. */
export function startWork(
  limits: ArchiveLimits,
  onFile: ArchiveWork['onFile'] = () => {},
): ArchiveWork {
  return { entriesLeft: limits.entries, bytesLeft: limits.unpackedBytes, exceeded: null, onFile };
}

/**
 * An archive of so many bytes, inside `depth` others; null past the limit, and where one was met
 * before.
 */
export function startUnpacking(
  work: ArchiveWork,
  sizeBytes: number,
  depth: number,
): OpenArchive | null {
  if (depth >= ARCHIVE_DEPTH) exceed(work, 'depth');
  if (work.exceeded !== null) return null;
  return { work, bytesLeft: Math.max(ARCHIVE_RATIO_FREE_BYTES, sizeBytes * ARCHIVE_RATIO) };
}

/** Whether one more entry may be read, whose name has so many bytes. */
export function takeEntry(work: ArchiveWork, nameBytes: number): boolean {
  if (nameBytes > ARCHIVE_NAME_BYTES) exceed(work, 'name');
  if (work.entriesLeft === 0) exceed(work, 'entries');
  work.entriesLeft -= 1;
  return work.exceeded === null;
}

/** The content of an entry, counted; null past a limit. */
export function takeBytes(unpacking: OpenArchive, bytes: Buffer): Buffer | null {
  return charge(unpacking, bytes.length) ? bytes : null;
}

/** Counts so many bytes; false, and past a limit, where there is no room for them. */
export function charge(unpacking: OpenArchive, sizeBytes: number): boolean {
  if (unpacking.work.exceeded !== null) return false;
  if (sizeBytes > roomOf(unpacking)) {
    exceedRoom(unpacking);
    return false;
  }
  unpacking.bytesLeft -= sizeBytes;
  unpacking.work.bytesLeft -= sizeBytes;
  return true;
}

/** How many bytes an entry may have. */
export function roomOf({ work, bytesLeft }: OpenArchive): number {
  return work.exceeded === null ? Math.min(work.bytesLeft, bytesLeft) : 0;
}

/** An entry has more bytes than there is room for. */
export function exceedRoom({ work, bytesLeft }: OpenArchive): void {
  exceed(work, bytesLeft < work.bytesLeft ? 'ratio' : 'size');
}

function exceed(work: ArchiveWork, limit: ArchiveLimit): void {
  work.exceeded ??= limit;
}
