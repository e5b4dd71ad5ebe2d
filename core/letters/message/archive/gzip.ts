/** A gzip file (RFC 1952): one file, with the name that it had, if it tells. */
import { gunzip, inflate } from './inflate.ts';
import { takeEntry, type ArchiveEntry, type OpenArchive } from './work.ts';

const FHCRC = 2;
const FEXTRA = 4;
const FNAME = 8;
const FCOMMENT = 16;
const HEADER_BYTES = 10;

/** Whether these bytes start as a gzip file with the one method there is. */
export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/** What is inside; null past a limit. */
export function listGzip(bytes: Buffer, unpacking: OpenArchive): ArchiveEntry | null {
  const { name, dataAt } = readHeader(bytes);
  if (!takeEntry(unpacking.work, name.length)) return null;
  return {
    names: [name.toString('utf8')],
    // With a wrong checksum, which some readers let pass, there is still the first member.
    open: () => gunzip(unpacking, bytes) ?? inflate(unpacking, bytes.subarray(dataAt)),
  };
}

/** RFC 1952 §2.3. */
function readHeader(bytes: Buffer): { readonly name: Buffer; readonly dataAt: number } {
  const flags = bytes[3] ?? 0;
  let at = HEADER_BYTES;
  if (flags & FEXTRA && at + 2 <= bytes.length) at += 2 + bytes.readUInt16LE(at);
  const nameAt = at;
  if (flags & FNAME) at = afterZero(bytes, at);
  const name = bytes.subarray(nameAt, Math.max(nameAt, at - 1));
  if (flags & FCOMMENT) at = afterZero(bytes, at);
  if (flags & FHCRC) at += 2;
  return { name, dataAt: at };
}

function afterZero(bytes: Buffer, from: number): number {
  const zero = bytes.indexOf(0, from);
  return zero < 0 ? bytes.length : zero + 1;
}
