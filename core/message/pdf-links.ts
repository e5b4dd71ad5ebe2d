/**
 * Where the links of a PDF lead (ISO 32000-1 §12.6.4.7), also those in object streams (§7.5.7), as
 * office programs write them. What stands in its pages as text is drawn, and not read.
 */
import { constants, inflateSync } from 'node:zlib';
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

/** Whether these bytes are a PDF; readers look for its mark in the first kilobyte. */
export function isPdf(bytes: Buffer): boolean {
  return bytes.subarray(0, 1_024).includes('%PDF-');
}

/** Targets as they are written. */
export function* targetsInPdf(bytes: Buffer): Generator<string> {
  yield* targetsIn(bytes);
  let at = bytes.indexOf(OBJECTS);
  for (let streams = 0; at >= 0 && streams < MOST_STREAMS; streams++) {
    const objects = openStream(bytes, at);
    if (objects) yield* targetsIn(objects);
    at = bytes.indexOf(OBJECTS, at + OBJECTS.length);
  }
}

function* targetsIn(objects: Buffer): Generator<string> {
  for (let at = objects.indexOf(URI); at >= 0; at = objects.indexOf(URI, at + URI.length)) {
    const start = at + URI.length;
    const target = stringAt(objects.toString('latin1', start, start + 4 * LINK_CHARACTERS));
    if (target !== null) yield target;
  }
}

/** A string (§7.3.4), in brackets or in hexadecimal digits; UTF-16 without its zeros. */
function stringAt(source: string): string | null {
  const [, literal, digits] = /^\s*(?:\(((?:\\[^]|[^\\)])*)\)|<([\da-f\s]*)>)/i.exec(source) ?? [];
  if (digits !== undefined)
    return Buffer.from(digits.replace(/\s/g, ''), 'hex').toString('latin1').replaceAll('\0', '');
  return (
    literal
      ?.replace(/\\(\r\n?|\n)/g, '')
      .replace(/\\([0-7]{1,3})/g, (_all, octal: string) =>
        String.fromCharCode(Number.parseInt(octal, 8) & 255),
      )
      .replace(/\\([^])/g, '$1')
      .replaceAll('\0', '') ?? null
  );
}

/** The stream of the object whose type stands at `at`; null where it isn't deflated, or broken. */
function openStream(bytes: Buffer, at: number): Buffer | null {
  const stream = bytes.indexOf(STREAM, at);
  if (stream < 0 || stream > at + DICTIONARY_BYTES) return null;
  const start = stream + STREAM.length;
  const end = bytes.indexOf(END, start);
  const packed = bytes.subarray(start, end < 0 ? bytes.length : end);
  const afterLine = packed[0] === 13 ? 2 : 1; // CR LF, or LF alone (§7.3.8.1)
  try {
    return inflateSync(packed.subarray(afterLine), {
      maxOutputLength: STREAM_BYTES,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch {
    return null;
  }
}
