/**
 * Whether what plays is sound or film: told by its tracks, since WebM and MP4 hold either. Pure;
 * of a hostile file `MEDIA_ELEMENTS` are looked at, and nothing of its content is copied.
 */
import { MEDIA_ELEMENTS } from './limits.ts';

/** Sound has tracks of sound and none to be seen; null where no track was found. */
type Played = 'sound' | 'film' | null;

/** A piece of a file: an element of EBML, a box of ISO BMFF. */
interface Piece {
  readonly name: number | string;
  /** Where its content begins, and where it ends. */
  readonly start: number;
  readonly end: number;
}

/** One place on the way to what is wanted: reads the piece that begins there, or null. */
type ReadPiece = (bytes: Buffer, at: number, end: number) => Piece | null;

/** How many pieces of this file may still be looked at. */
interface Work {
  left: number;
}

/** The pieces of `within` one after the other, as long as they can be read. */
function* piecesIn(
  bytes: Buffer,
  within: Pick<Piece, 'start' | 'end'>,
  { read, work }: { readonly read: ReadPiece; readonly work: Work },
): Generator<Piece> {
  for (let at = within.start; at < within.end && work.left > 0;) {
    work.left--;
    const piece = read(bytes, at, within.end);
    if (piece === null) return;
    yield piece;
    at = piece.end;
  }
}

interface PathReading {
  readonly path: readonly Piece['name'][];
  readonly read: ReadPiece;
  readonly work: Work;
}

/** The pieces at the end of a path of names, wherever one of them stands more than once. */
function* piecesAt(
  bytes: Buffer,
  within: Pick<Piece, 'start' | 'end'>,
  { path, ...rest }: PathReading,
): Generator<Piece> {
  const [name, ...below] = path;
  for (const piece of piecesIn(bytes, within, rest)) {
    if (piece.name !== name) continue;
    if (below.length === 0) yield piece;
    else yield* piecesAt(bytes, piece, { path: below, ...rest });
  }
}

const startWork = (): Work => ({ left: MEDIA_ELEMENTS });

/** Segment, Tracks, TrackEntry, TrackType (RFC 9559 §5.1). */
const WEBM_PATH = [0x18538067, 0x1654ae6b, 0xae, 0x83];
/** RFC 9559 §5.1.4.1.3. */
const WEBM_SOUND = 2;
/** Film, and film with its sound in one track. */
const WEBM_SEEN: readonly number[] = [1, 3];

/** What a WebM or Matroska file holds. */
export function playedInWebm(bytes: Buffer): Played {
  const all = { start: 0, end: bytes.length };
  const types = [
    ...piecesAt(bytes, all, { path: WEBM_PATH, read: readElement, work: startWork() }),
  ].map(({ start, end }) => numberAt(bytes, start, end));
  if (types.some((type) => WEBM_SEEN.includes(type))) return 'film';
  return types.includes(WEBM_SOUND) ? 'sound' : null;
}

/** An element: its ID with the marker, its size without (RFC 8794 §4, §5, §6). */
function readElement(bytes: Buffer, at: number, end: number): Piece | null {
  const idBytes = lengthOf(bytes, at, MOST_ID_BYTES);
  const sizeAt = at + idBytes;
  const sizeBytes = idBytes === 0 ? 0 : lengthOf(bytes, sizeAt, MOST_SIZE_BYTES);
  const start = sizeAt + sizeBytes;
  if (sizeBytes === 0 || start > end) return null;
  const marked = numberAt(bytes, sizeAt, start);
  const size = marked - 2 ** (7 * sizeBytes);
  // All ones: a size that nobody knew when the file was begun (§6.2), as browsers record.
  const isOpen = size === 2 ** (7 * sizeBytes) - 1;
  return {
    name: numberAt(bytes, at, sizeAt),
    start,
    end: isOpen ? end : Math.min(start + size, end),
  };
}
const MOST_ID_BYTES = 4;
const MOST_SIZE_BYTES = 8;

/** How many bytes a number with a length marker has; 0 where it has more than `most`. */
function lengthOf(bytes: Buffer, at: number, most: number): number {
  const length = Math.clz32(bytes[at] ?? 0) - 23;
  return length <= most ? length : 0;
}

/** A number of at most 8 bytes, the first the highest; a longer one is none of those looked for. */
function numberAt(bytes: Buffer, start: number, end: number): number {
  if (end - start > MOST_SIZE_BYTES || end > bytes.length) return -1;
  let value = 0;
  for (const byte of bytes.subarray(start, end)) value = value * 256 + byte;
  return value;
}

/** ISO/IEC 14496-12 §8.1 to §8.4. */
const MP4_PATH = ['moov', 'trak', 'mdia', 'hdlr'];
/** Behind version, flags and a field of zeros (§8.4.3). */
const HANDLER_AT = 8;
const MP4_SOUND = 'soun';
const MP4_SEEN: readonly string[] = ['vide', 'auxv', 'pict'];

/** What an MP4 or QuickTime file holds. */
export function playedInMp4(bytes: Buffer): Played {
  const all = { start: 0, end: bytes.length };
  const handlers = [
    ...piecesAt(bytes, all, { path: MP4_PATH, read: readBox, work: startWork() }),
  ].map(({ start, end }) => bytes.toString('latin1', Math.min(start + HANDLER_AT, end), end));
  const is = (names: readonly string[]): boolean =>
    handlers.some((handler) => names.includes(handler.slice(0, 4)));
  if (is(MP4_SEEN)) return 'film';
  return is([MP4_SOUND]) ? 'sound' : null;
}

/** A box: 32 bits of size and a name, the size in 64 bits where it says 1 (§4.2). */
function readBox(bytes: Buffer, at: number, end: number): Piece | null {
  if (at + BOX_HEAD > end) return null;
  const size = bytes.readUInt32BE(at);
  const name = bytes.toString('latin1', at + 4, at + BOX_HEAD);
  if (size === 0) return { name, start: at + BOX_HEAD, end }; // to the end of the file
  if (size === 1) {
    const start = at + BOX_HEAD + 8;
    if (start > end) return null;
    const large = numberAt(bytes, at + BOX_HEAD, start);
    return large < start - at ? null : { name, start, end: Math.min(at + large, end) };
  }
  if (size < BOX_HEAD) return null;
  return { name, start: at + BOX_HEAD, end: Math.min(at + size, end) };
}
const BOX_HEAD = 8;
