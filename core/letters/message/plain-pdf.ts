/**
 * Whether a PDF does nothing but be read. Only such a one stands in a page: what runs, asks, plays,
 * sends or hides in it is for a program that somebody opens it with. It is one of three walls: the
 * policy it is served under and the browser's own viewer stand behind it.
 */
import { constants, inflateSync } from 'node:zlib';
import { isTooLarge } from './archive/inflate.ts';
import { isPdf } from './pdf-links.ts';

/** Larger ones are kept and opened, not looked at in the page. */
const PDF_BYTES = 10 * 1024 * 1024;
/** All that its streams may unpack to, and how many they are. */
const UNPACKED_BYTES = 64 * 1024 * 1024;
const MOST_STREAMS = 20_000;
/** A stream packed within a stream, and so on. */
const MOST_LAYERS = 3;

/**
 * Names (ISO 32000-1 §12.6.4, §12.7.5, §13, §7.11.4, §7.6) of what isn't reading, and of ways to
 * pack a stream that aren't unpacked here: nobody knows what lies in it.
 */
const ACTIVE = new Set(
  `JavaScript Launch SubmitForm ImportData GoToR GoToE Rendition RichMedia Movie EmbeddedFile
  EmbeddedFiles Collection XFA Encrypt LZWDecode ASCII85Decode ASCIIHexDecode RunLengthDecode
  Crypt`.split(/\s+/),
);
const NAME = /\/([A-Za-z0-9#]{3,40})/g;
/** What is done at the opening, where it isn't a place to turn to. */
const OPENING = /\/OpenAction(?!\s{0,20}\[)/;
const URI = /\/URI(?![A-Za-z])/;
/** Objects that are written as what differs from row to row aren't put together here. */
const OBJECTS = /\/ObjStm(?![A-Za-z])/;
const PREDICTED = /\/Predictor\s{1,20}(?!1[^0-9])/;

const STREAM = Buffer.from('stream');
/** What deflated data begins with (RFC 1950). */
const ZLIB = 0x78;

/**
 * A PDF of a size to be looked at, all of it legible, in which nothing acts; for a child no link
 * leads out of it either, since nobody would ask first. Made for a sandbox: of a file made to be
 * slow it may take seconds.
 */
export function isPlainPdf(bytes: Buffer, audience: 'child' | 'adult'): boolean {
  const left = { bytes: UNPACKED_BYTES, streams: MOST_STREAMS, links: audience === 'adult' };
  return bytes.length <= PDF_BYTES && isPdf(bytes) && isStill(bytes, left, MOST_LAYERS);
}

interface Left {
  bytes: number;
  streams: number;
  readonly links: boolean;
}

/** All of it is looked at, in streams too, whatever it says of where they end. */
function isStill(bytes: Buffer, left: Left, layers: number): boolean {
  if (acts(bytes.toString('latin1'), left)) return false;
  for (let at = bytes.indexOf(STREAM); at >= 0; at = bytes.indexOf(STREAM, at + STREAM.length)) {
    const packed = packedAfter(bytes, at + STREAM.length);
    if (packed === null) continue;
    left.streams -= 1;
    if (left.streams < 0 || !isStillWithin(packed, left, layers)) return false;
    const about = bytes.toString('latin1', Math.max(0, at - 400), at);
    if (OBJECTS.test(about) && PREDICTED.test(about)) return false;
  }
  return true;
}

function isStillWithin(packed: Buffer, left: Left, layers: number): boolean {
  const inside = unpacked(packed, left.bytes);
  if (inside === null || layers === 0) return false;
  left.bytes -= inside.length;
  if (inside[0] === ZLIB && !isStillWithin(inside, left, layers - 1)) return false;
  return !acts(inside.toString('latin1'), left);
}

function acts(text: string, { links }: Left): boolean {
  for (const [, name = ''] of text.matchAll(NAME)) if (ACTIVE.has(decoded(name))) return true;
  return URI.test(text) && (!links || OPENING.test(text));
}

/** Any sign of a name may be written by its number (§7.3.5). */
const decoded = (name: string): string =>
  name.includes('#')
    ? name.replaceAll(/#([0-9a-f]{2})/gi, (_all, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      )
    : name;

/** Deflated data after « stream » and its line end (§7.3.8.1); null for any other. */
function packedAfter(bytes: Buffer, at: number): Buffer | null {
  const start = [0x0d, 0x0a, 0x20].includes(bytes[at] ?? 0) ? at + 1 : at;
  const from = bytes[start] === 0x0a ? start + 1 : start;
  return bytes[from] === ZLIB ? bytes.subarray(from) : null;
}

/** As far as it can be unpacked; null where that is more than may be. */
function unpacked(packed: Buffer, most: number): Buffer | null {
  try {
    return inflateSync(packed, {
      maxOutputLength: Math.max(1, most),
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch (error) {
    return isTooLarge(error) ? null : Buffer.alloc(0);
  }
}
