/**
 * Where the links of a PDF lead (ISO 32000-1 §12.6.4.7), also those in object streams (§7.5.7), as
 * office programs write them. What stands in its pages as text is drawn, and not read.
 */
import { constants, inflateSync } from 'node:zlib';
import { isTooLarge } from './archive/inflate.ts';
import { LINK_CHARACTERS } from './limits.ts';

const URI = Buffer.from('/URI');
const OBJECTS = Buffer.from('/ObjStm');
const STREAM = Buffer.from('stream');
const END = Buffer.from('endstream');
/** Object streams that are opened, and what one may unpack to. */
const MOST_STREAMS = 200;
const STREAM_BYTES = 1_048_576;
/** Bytes between an object's type and its stream. */
const DICTIONARY_BYTES = 1_000;
/** As a string is written, an escaped one too. */
const STRING_BYTES = 4 * LINK_CHARACTERS;

/** How much of files may still be searched for links; `isCut`: one had more. */
export interface FileSearch {
  bytesLeft: number;
  isCut: boolean;
}

/** Whether these bytes are a PDF; readers look for its mark in the first kilobyte. */
export function isPdf(bytes: Buffer): boolean {
  return bytes.subarray(0, 1_024).includes('%PDF-');
}

/**
 * Targets as they are written. Linear: no byte is read for two targets, no stream is unpacked
 * twice, and what streams unpack to is counted.
 */
export function* targetsInPdf(bytes: Buffer, search: FileSearch): Generator<string> {
  yield* targetsIn(bytes);
  let at = bytes.indexOf(OBJECTS);
  for (let streams = 0; at >= 0 && !search.isCut; streams++) {
    if (streams === MOST_STREAMS) search.isCut = true;
    const packed = streamAfter(bytes, at);
    if (packed !== null)
      yield* targetsIn(unpacked(bytes.subarray(packed.start, packed.end), search));
    at = bytes.indexOf(OBJECTS, packed?.end ?? at + OBJECTS.length);
  }
}

/** One that begins within another ends it: of that what stands before is known. */
function* targetsIn(objects: Buffer): Generator<string> {
  for (let at = objects.indexOf(URI); at >= 0;) {
    const start = at + URI.length;
    at = objects.indexOf(URI, start);
    const end = at < 0 ? start + STRING_BYTES : Math.min(at, start + STRING_BYTES);
    // Many a name is followed by the next.
    const target = end - start < 2 ? '' : stringAt(objects.toString('latin1', start, end));
    if (target !== '') yield target;
  }
}

/** A string (§7.3.4), in brackets or in hexadecimal digits; UTF-16 without its zeros. */
function stringAt(source: string): string {
  const [, literal = '', digits] =
    /^\s*(?:\(((?:\\[^]|[^\\)])*)|<([\da-f\s]*)>)/i.exec(source) ?? [];
  if (digits !== undefined)
    return Buffer.from(digits.replace(/\s/g, ''), 'hex').toString('latin1').replaceAll('\0', '');
  return literal
    .replace(/\\(\r\n?|\n)/g, '')
    .replace(/\\([0-7]{1,3})/g, (_all, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8) & 255),
    )
    .replace(/\\([^])/g, '$1')
    .replaceAll('\0', '');
}

/** Where the stream stands of the object whose type is at `at`; null where there is none. */
function streamAfter(
  bytes: Buffer,
  at: number,
): { readonly start: number; readonly end: number } | null {
  const found = bytes.subarray(at, at + DICTIONARY_BYTES).indexOf(STREAM);
  if (found < 0) return null;
  const start = at + found + STREAM.length;
  const end = bytes.indexOf(END, start);
  return { start, end: end < 0 ? bytes.length : end };
}

/** Nothing where it isn't deflated, broken, or has more than may be searched. */
function unpacked(packed: Buffer, search: FileSearch): Buffer {
  const afterLine = packed[0] === 13 ? 2 : 1; // CR LF, or LF alone (§7.3.8.1)
  const most = Math.min(STREAM_BYTES, search.bytesLeft);
  const objects = inflated(packed.subarray(afterLine), most);
  if (objects === 'too-large') search.isCut = true;
  search.bytesLeft -= objects === 'too-large' ? most : objects.length;
  return objects === 'too-large' ? NOTHING : objects;
}
const NOTHING = Buffer.alloc(0);

function inflated(packed: Buffer, most: number): Buffer | 'too-large' {
  try {
    const bytes = inflateSync(packed, {
      maxOutputLength: most + 1, // node takes no limit of zero
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    return bytes.length > most ? 'too-large' : bytes;
  } catch (error) {
    return isTooLarge(error) ? 'too-large' : NOTHING;
  }
}
