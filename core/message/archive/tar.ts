/** A tar file (POSIX.1-2017, pax, ustar), GNU's long names and the old form without a magic too. */
import { takeBytes, takeEntry } from './work.ts';
import type { Entry, Unpacking } from './work.ts';

export interface TarListing {
  readonly entries: readonly Entry[];
  /** A header is broken, or a file goes beyond the end. */
  readonly odd: boolean;
}

const BLOCK = 512;
const CHECKSUM_AT = 148, CHECKSUM_BYTES = 8;
/** Long name (GNU), and records for the next file or for all (pax §4.18.2): they name, and are no files. */
const LONG_NAME = 'L', LONG_LINK = 'K', RECORDS = 'x', RECORDS_OF_ALL = 'g';

/** Whether these bytes start with a tar header: its checksum is right. */
export function isTar(bytes: Buffer): boolean {
  return bytes.length >= BLOCK && bytes[0] !== 0 && hasChecksum(bytes.subarray(0, BLOCK));
}

/** What is inside, as far as the limits go. */
export function listTar(bytes: Buffer, unpacking: Unpacking): TarListing {
  const entries: Entry[] = [];
  let told: string[] = [];
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) { at += BLOCK; continue; }
    if (!hasChecksum(header)) return { entries, odd: true };
    const size = sizeOf(header);
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    const type = header.toString('latin1', 156, 157);
    if (!takeEntry(unpacking.work, nameBytes(type, size))) break;
    if (type === LONG_NAME) told.push(text(content));
    else if (type === RECORDS || type === RECORDS_OF_ALL) told.push(...pathsOf(content));
    else if (type !== LONG_LINK) {
      entries.push({ names: [...told, ...namesOf(header)], open: () => takeBytes(unpacking, content) });
      told = [];
    }
    if (content.length < size) return { entries, odd: true };
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return { entries, odd: false };
}

const nameBytes = (type: string, size: number): number => (type === LONG_NAME ? size : 0);

/** The sum of a header's bytes, its own field taken as spaces; some writers summed signed bytes. */
function hasChecksum(header: Buffer): boolean {
  const field = header.toString('latin1', CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_BYTES);
  const stated = Number.parseInt(field.replace(/[\0 ]/g, ''), 8);
  if (Number.isNaN(stated)) return false;
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < BLOCK; at++) {
    const isOwn = at >= CHECKSUM_AT && at < CHECKSUM_AT + CHECKSUM_BYTES;
    const byte = isOwn ? 32 : header[at] ?? 0;
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

/** `length path=value\n`, among other records. */
function pathsOf(records: Buffer): string[] {
  const found = records.toString('utf8').matchAll(/^\d+ (?:GNU\.sparse\.name|path)=(.*)$/gm);
  return [...found].map(([, path = '']) => path);
}

function text(bytes: Buffer): string {
  const zero = bytes.indexOf(0);
  return bytes.toString('utf8', 0, zero < 0 ? bytes.length : zero);
}
