/** A tar file (POSIX.1-2017, pax, ustar), GNU's long names and the old form without a magic too. */
import { takeBytes, takeEntry, type ArchiveEntry, type OpenArchive } from './work.ts';

const BLOCK = 512;
const ZEROS = Buffer.alloc(BLOCK);
const CHECKSUM_AT = 148;
const CHECKSUM_BYTES = 8;
/**
 * Long name (GNU), and records for the next file or for all (pax §4.18.2): they name, and are no
 * files.
 */
const LONG_NAME = 'L';
const LONG_LINK = 'K';
const RECORDS = 'x';
const RECORDS_OF_ALL = 'g';

/** Whether these bytes start with a tar header: its checksum is right. */
export function isTar(bytes: Buffer): boolean {
  return bytes.length >= BLOCK && bytes[0] !== 0 && hasChecksum(bytes.subarray(0, BLOCK));
}

/** What is inside, as far as the limits go and the headers are whole. */
export function listTar(bytes: Buffer, unpacking: OpenArchive): ArchiveEntry[] {
  const entries: ArchiveEntry[] = [];
  let told: string[] = [];
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.equals(ZEROS)) {
      at += BLOCK;
      continue;
    }
    const size = sizeOf(header);
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    const type = header.toString('latin1', 156, 157);
    const isLongName = type === LONG_NAME;
    if (!hasChecksum(header)) break;
    if (!takeEntry(unpacking.work, isLongName ? size : 0)) break;
    if (isLongName) told.push(text(content));
    else if (type === RECORDS || type === RECORDS_OF_ALL) told.push(...pathsOf(content, unpacking));
    else if (type !== LONG_LINK) {
      const names = [...told, ...namesOf(header)];
      entries.push({ names, open: () => takeBytes(unpacking, content) });
      told = [];
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

/** The sum of a header's bytes, its own field taken as spaces; some writers summed signed bytes. */
function hasChecksum(header: Buffer): boolean {
  const field = header.toString('latin1', CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_BYTES);
  const stated = Number.parseInt(field.replace(/[\0 ]/g, ''), 8);
  if (Number.isNaN(stated)) return false;
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < BLOCK; at++) {
    const isOwn = at >= CHECKSUM_AT && at < CHECKSUM_AT + CHECKSUM_BYTES;
    const byte = isOwn ? 32 : (header[at] ?? 0);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return stated === unsigned || stated === signed;
}

/** Octal digits, or GNU's base 256 for what is larger. */
function sizeOf(header: Buffer): number {
  if ((header[124] ?? 0) & 0x80) return Number(header.readBigUInt64BE(128));
  const size = Number.parseInt(text(header.subarray(124, 136)), 8);
  return size > 0 ? size : 0; // no number at all is none either
}

function namesOf(header: Buffer): string[] {
  const name = text(header.subarray(0, 100));
  const isUstar = header.toString('latin1', 257, 262) === 'ustar';
  const prefix = isUstar ? text(header.subarray(345, 500)) : '';
  return prefix === '' ? [name] : [name, `${prefix}/${name}`];
}

/**
 * `length path=value\n`, among other records: one in a header as a rule, more count as entries do.
 */
function pathsOf(records: Buffer, { work }: OpenArchive): string[] {
  const paths: string[] = [];
  const found = records.toString('utf8').matchAll(/^\d{1,20} (?:GNU\.sparse\.name|path)=(.*)$/gm);
  for (const [, path = ''] of found) {
    if (paths.length > 0 && !takeEntry(work, Buffer.byteLength(path))) break;
    paths.push(path);
  }
  return paths;
}

function text(bytes: Buffer): string {
  const zero = bytes.indexOf(0);
  return bytes.toString('utf8', 0, zero < 0 ? bytes.length : zero);
}
