/**
 * What is in a zip (APPNOTE 4.3): by its directory, and by the local headers of which that says
 * nothing.
 */
import { ARCHIVE_NAME_BYTES } from '../limits.ts';
import { inflate } from './inflate.ts';
import { takeBytes, takeEntry, type ArchiveEntry, type OpenArchive } from './work.ts';

export interface ZipListing {
  readonly entries: readonly ArchiveEntry[];
  /** An entry is locked, or the directory lies: two readers may see two things. */
  readonly odd: boolean;
  /** What the stored entry `mimetype` says, which ODF and EPUB put first; or empty. */
  readonly mimetype: string;
}

const END = Buffer.from('PK\x05\x06');
const LOCAL = Buffer.from('PK\x03\x04');
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_BYTES = 22;
const DIRECTORY_ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** The end record and the longest comment after it. */
const TAIL_BYTES = 65_557;
const LOCKED = 1;
const SIZES_FOLLOW = 8;
const STORED = 0;
const DEFLATED = 8;
/** Ways of packing that some reader knows (APPNOTE 4.4.5): a header with another is none. */
const METHODS = new Set([STORED, DEFLATED, 1, 6, 9, 12, 14, 93, 94, 95, 96, 97, 98, 99]);

/** Whether these bytes start as a zip does, or end as one. */
export function isZip(bytes: Buffer): boolean {
  return startsAsZip(bytes) || endOf(bytes) !== null;
}

/** Whether they start as one, an empty one too. */
export function startsAsZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(LOCAL) || bytes.subarray(0, 4).equals(END);
}

/** What is inside, as far as the limits go. */
export function listZip(bytes: Buffer, unpacking: OpenArchive): ZipListing {
  const directory = readDirectory(bytes, unpacking);
  const listed = directory.records.map((record) => listedEntry(bytes, record, unpacking));
  const strays = strayEntries(bytes, listed, unpacking);
  return {
    entries: [...listed.map(({ entry }) => entry), ...strays],
    odd:
      directory.odd ||
      strays.length > 0 ||
      listed.some(({ odd }) => odd) ||
      bytes.indexOf(LOCAL) !== 0,
    mimetype: storedMimetype(bytes),
  };
}

/** What the directory, or a local header, says of an entry. */
interface EntryHeader {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its local header stands. */
  readonly at: number;
}

function endOf(bytes: Buffer): number | null {
  const tail = Math.max(0, bytes.length - TAIL_BYTES);
  const end = bytes.subarray(tail).lastIndexOf(END);
  return end < 0 || tail + end + END_BYTES > bytes.length ? null : tail + end;
}

function readDirectory(
  bytes: Buffer,
  { work }: OpenArchive,
): { readonly records: readonly EntryHeader[]; readonly odd: boolean } {
  const end = endOf(bytes);
  if (end === null) return { records: [], odd: true };
  const count = bytes.readUInt16LE(end + 10);
  // Not where it states: something may stand before the zip.
  const start = end - bytes.readUInt32LE(end + 12);
  if (start < 0) return { records: [], odd: true };
  const shift = start - bytes.readUInt32LE(end + 16);
  const records: EntryHeader[] = [];
  let at = start;
  while (at + DIRECTORY_ENTRY_BYTES <= end && bytes.readUInt32LE(at) === DIRECTORY_ENTRY) {
    const nameBytes = bytes.readUInt16LE(at + 28);
    if (!takeEntry(work, nameBytes)) break;
    records.push(
      recordAt(bytes, at + 8, {
        nameAt: at + 46,
        nameBytes,
        at: bytes.readUInt32LE(at + 42) + shift,
      }),
    );
    at +=
      DIRECTORY_ENTRY_BYTES + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return { records, odd: records.length !== count || at !== end || shift < 0 };
}

interface RecordPlace {
  readonly nameAt: number;
  readonly nameBytes: number;
  readonly at: number;
}

/**
 * The fields that a local header and an entry of the directory have in common start with the flags.
 */
function recordAt(
  bytes: Buffer,
  flagsAt: number,
  { nameAt, nameBytes, at }: RecordPlace,
): EntryHeader {
  return {
    name: bytes.toString('utf8', nameAt, nameAt + Math.min(nameBytes, ARCHIVE_NAME_BYTES)),
    flags: bytes.readUInt16LE(flagsAt),
    method: bytes.readUInt16LE(flagsAt + 2),
    packedBytes: bytes.readUInt32LE(flagsAt + 12),
    bytes: bytes.readUInt32LE(flagsAt + 16),
    at,
  };
}

interface Listed {
  readonly entry: ArchiveEntry;
  readonly odd: boolean;
  /**
   * Where its local header stands and where its bytes end; the same where there is no such header.
   */
  readonly from: number;
  readonly to: number;
}

function listedEntry(bytes: Buffer, record: EntryHeader, unpacking: OpenArchive): Listed {
  const local = localAt(bytes, record.at);
  if (!local)
    return {
      entry: { names: [record.name], open: () => null },
      odd: true,
      from: record.at,
      to: record.at,
    };
  const { dataAt } = local;
  const to = dataAt + record.packedBytes;
  const isSame = agrees(record, local.record) && to <= bytes.length;
  return {
    entry: {
      names: [...new Set([record.name, local.record.name])],
      open: () => open(record, bytes.subarray(dataAt, to), unpacking),
    },
    odd: !isSame || isLocked(record) || isLocked(local.record) || !canOpen(record),
    from: record.at,
    to: isSame ? to : record.at,
  };
}

/** Sizes may follow the bytes: then a local header says zero (APPNOTE 4.4.4, bit 3). */
function agrees(listed: EntryHeader, local: EntryHeader): boolean {
  const hasSizes = (local.flags & SIZES_FOLLOW) === 0;
  return (
    listed.name === local.name &&
    listed.method === local.method &&
    (!hasSizes || (listed.packedBytes === local.packedBytes && listed.bytes === local.bytes))
  );
}

const isLocked = ({ flags }: EntryHeader): boolean => (flags & LOCKED) !== 0;
const canOpen = ({ method }: EntryHeader): boolean => method === STORED || method === DEFLATED;

function open(record: EntryHeader, data: Buffer, unpacking: OpenArchive): Buffer | null {
  if (isLocked(record) || !canOpen(record)) return null;
  return record.method === STORED ? takeBytes(unpacking, data) : inflate(unpacking, data);
}

/** A local header; null where none stands. */
function localAt(
  bytes: Buffer,
  at: number,
): { readonly record: EntryHeader; readonly dataAt: number } | null {
  if (at < 0 || at + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(at) !== LOCAL_HEADER)
    return null;
  const nameBytes = bytes.readUInt16LE(at + 26);
  const record = recordAt(bytes, at + 6, { nameAt: at + LOCAL_BYTES, nameBytes, at });
  return { record, dataAt: at + LOCAL_BYTES + nameBytes + bytes.readUInt16LE(at + 28) };
}

/** Entries that only a reader sees who doesn't trust the directory. */
function strayEntries(
  bytes: Buffer,
  listed: readonly Listed[],
  unpacking: OpenArchive,
): ArchiveEntry[] {
  const endsOf = new Map(listed.map(({ from, to }) => [from, to]));
  const strays: ArchiveEntry[] = [];
  let at = bytes.indexOf(LOCAL);
  while (at >= 0 && unpacking.work.exceeded === null) {
    const end = endsOf.get(at);
    const stray = end === undefined ? strayAt(bytes, at, unpacking) : null;
    if (stray) strays.push(stray);
    at = bytes.indexOf(LOCAL, Math.max(at + LOCAL_BYTES, end ?? 0));
  }
  return strays;
}

/**
 * Four bytes alone may stand in any picture: a header has a name too, and a way of packing that
 * somebody knows.
 */
function strayAt(bytes: Buffer, at: number, unpacking: OpenArchive): ArchiveEntry | null {
  if (at + LOCAL_BYTES > bytes.length) return null;
  const nameBytes = bytes.readUInt16LE(at + 26);
  if (nameBytes === 0 || !METHODS.has(bytes.readUInt16LE(at + 8))) return null;
  if (!takeEntry(unpacking.work, nameBytes)) return null;
  const local = localAt(bytes, at);
  if (!local) return null;
  const { record, dataAt } = local;
  const to = (record.flags & SIZES_FOLLOW) === 0 ? dataAt + record.packedBytes : bytes.length;
  return { names: [record.name], open: () => open(record, bytes.subarray(dataAt, to), unpacking) };
}

function storedMimetype(bytes: Buffer): string {
  const local = localAt(bytes, 0);
  if (!local || local.record.method !== STORED || local.record.name !== 'mimetype') return '';
  const { record, dataAt } = local;
  return bytes.toString('latin1', dataAt, dataAt + Math.min(100, record.packedBytes)).trim();
}
