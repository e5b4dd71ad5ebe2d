import { crc32, inflateRawSync } from 'node:zlib';
import { FILES, PATH_BYTES, TOTAL_BYTES } from './limits.ts';
import type { UnreadableRoster } from './rows.ts';
import { isUnreadable, unreadable } from './trouble.ts';

/**
 * One file out of an archive, by its own name without folders: nothing is ever written to a disk
 * under it.
 */
export interface ArchivedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

interface Entry {
  readonly path: string;
  readonly locked: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly at: number;
}

/** What archives may still give, unpacked: one for all that are opened for one answer. */
export interface UnpackBudget {
  bytes: number;
}

const END = Buffer.from('PK\x05\x06');
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record and the longest comment after it. */
const TAIL_BYTES = 65_557;
const STORED = 0;
const DEFLATED = 8;

/** Whether these bytes begin like a zip; XLSX is one too. */
export function isZip(bytes: Buffer): boolean {
  // the second is an empty one
  return bytes.length > 4 && (bytes.readUInt32LE(0) === LOCAL || bytes.subarray(0, 4).equals(END));
}

/**
 * The files of a zip whose path `wanted` accepts, unpacked within the limits (APPNOTE 4.3; no
 * zip64, which nothing within the limits needs): `most` files, whose sizes the archive itself says
 * and is held to. An entry that is locked, damaged or larger than it says makes the whole archive
 * unreadable.
 */
export function unpack(
  { name, bytes }: ArchivedFile,
  wanted: (path: string) => boolean,
  { most = FILES, room = { bytes: TOTAL_BYTES } }: { most?: number; room?: UnpackBudget } = {},
): readonly (ArchivedFile & { readonly path: string })[] | UnreadableRoster {
  const at = { file: name, line: 1, column: null };
  const entries = directory(bytes);
  if (!entries) return unreadable('archive-broken', at);
  const asked = entries.filter(({ path }) => !path.endsWith('/') && wanted(path));
  if (entries.length > most * 4 || asked.length > most) return unreadable('too-many-files', at);
  if (asked.some(({ locked }) => locked)) return unreadable('archive-locked', at);
  const unpackedBytes = asked.reduce((sum, one) => sum + one.bytes, 0);
  if (unpackedBytes > room.bytes) return unreadable('archive-too-big', at);
  room.bytes -= unpackedBytes;
  const files: (ArchivedFile & { readonly path: string })[] = [];
  for (const entry of asked) {
    const content = contentOf(bytes, entry);
    if (!content) return unreadable('archive-broken', { ...at, file: `${name}/${entry.path}` });
    files.push({
      path: entry.path,
      name: entry.path.slice(entry.path.lastIndexOf('/') + 1),
      bytes: content,
    });
  }
  return files;
}

/**
 * The files of a folder or an archive that may hold a roster; hidden ones and what a Mac adds are
 * none.
 */
export function isRosterPath(path: string): boolean {
  return /\.(?:csv|txt|xlsx)$/i.test(path) && !/(?:^|\/)(?:\.|__MACOSX\/|~\$)/.test(path);
}

/**
 * Archives among files are replaced by what they hold; one deep, for a zip within a zip is no
 * export of anybody's.
 */
export function unpackedFiles(
  files: readonly ArchivedFile[],
): readonly ArchivedFile[] | UnreadableRoster {
  const all: ArchivedFile[] = [];
  const room = { bytes: TOTAL_BYTES };
  for (const file of files) {
    const inside =
      isZip(file.bytes) && !/\.xlsx$/i.test(file.name)
        ? unpack(file, isRosterPath, { room })
        : [file];
    if (isUnreadable(inside)) return inside;
    all.push(...inside.map(({ name, bytes }) => ({ name, bytes })));
    if (all.length > FILES)
      return unreadable('too-many-files', { file: '', line: 1, column: null });
  }
  return all;
}

function directory(bytes: Buffer): Entry[] | null {
  const tail = Math.max(0, bytes.length - TAIL_BYTES);
  const end = bytes.subarray(tail).lastIndexOf(END) + tail;
  if (end < tail || end + 22 > bytes.length) return null;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries: Entry[] = [];
  while (entries.length < count) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== ENTRY) return null;
    const next =
      at +
      46 +
      bytes.readUInt16LE(at + 28) +
      bytes.readUInt16LE(at + 30) +
      bytes.readUInt16LE(at + 32);
    if (next > end || bytes.readUInt16LE(at + 28) > PATH_BYTES) return null;
    entries.push({
      path: bytes
        .toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28))
        .replaceAll('\\', '/'),
      locked: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packedBytes: bytes.readUInt32LE(at + 20),
      bytes: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    });
    at = next;
  }
  return entries;
}

function contentOf(bytes: Buffer, entry: Entry): Buffer | null {
  if (entry.at + 30 > bytes.length || bytes.readUInt32LE(entry.at) !== LOCAL) return null;
  const start =
    entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
  const packed = bytes.subarray(start, start + entry.packedBytes);
  const content = unpacked(packed, entry);
  return content && content.length === entry.bytes && crc32(content) === entry.crc ? content : null;
}

function unpacked(packed: Buffer, { method, bytes }: Entry): Buffer | null {
  if (method === STORED) return packed;
  return method === DEFLATED ? inflated(packed, bytes) : null;
}

function inflated(packed: Buffer, bytes: number): Buffer | null {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) });
  } catch {
    return null; // damaged, or more in it than it says
  }
}
