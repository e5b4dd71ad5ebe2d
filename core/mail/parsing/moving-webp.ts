import { PICTURE_HEAD_BYTES, pictureSize } from '../../letters/message/picture-size.ts';

const HEAD_BYTES = 12;
const CHUNK_HEAD_BYTES = 8;
/** Place, size, time and flags of a frame, before its picture (RFC 9649 §2.7.1.1). */
const FRAME_HEAD_BYTES = 16;
/** Of the flags of a picture with what is see-through (RFC 9649 §2.7.1). */
const HAS_ALPHA = 0x10;
/** Before the first frame there are colours, a place for notes, and whatever else: not many. */
const MOST_CHUNKS = 50;

interface Chunk {
  readonly name: string;
  readonly data: Buffer;
  /** With its name and its length. */
  readonly whole: Buffer;
}

/** The chunks of some bytes, one after the other (RFC 9649 §2.3), until one doesn't fit. */
function* chunksOf(bytes: Buffer): Generator<Chunk> {
  let at = 0;
  for (let read = 0; read < MOST_CHUNKS && at + CHUNK_HEAD_BYTES <= bytes.length; read += 1) {
    const length = bytes.readUInt32LE(at + 4);
    const from = at + CHUNK_HEAD_BYTES;
    const end = from + length + (length % 2);
    if (from + length > bytes.length) return;
    const name = bytes.toString('latin1', at, at + 4);
    yield { name, data: bytes.subarray(from, from + length), whole: bytes.subarray(at, end) };
    at = end;
  }
}

/**
 * A WebP that stands still: of one that moves its first frame (RFC 9649 §2.7.1.1), with a head of
 * its own, since libwebp reads none of those; any other as it is. Null: it says that it moves, and
 * has no frame, or one that is larger than itself.
 */
export function stillWebp(bytes: Buffer): Buffer | null {
  const inside = bytes.subarray(HEAD_BYTES);
  let moves = false;
  for (const { name, data } of chunksOf(inside)) {
    moves ||= name === 'ANIM';
    if (name !== 'ANMF') continue;
    const still = stillFrame(data);
    return still !== null && fitsInto(bytes, still) ? still : null;
  }
  return moves ? null : bytes;
}

/** Only of the whole it is known so far that its dots are few enough. */
function fitsInto(whole: Buffer, still: Buffer): boolean {
  const [most, size] = [whole, still].map((one) =>
    pictureSize(one.subarray(0, PICTURE_HEAD_BYTES)),
  );
  return most && size ? size.width <= most.width && size.height <= most.height : false;
}

function stillFrame(frame: Buffer): Buffer | null {
  const size = frame.subarray(6, 12);
  const parts = [...chunksOf(frame.subarray(FRAME_HEAD_BYTES))];
  const alpha = parts.find(({ name }) => name === 'ALPH');
  const picture = parts.find(({ name }) => name === 'VP8 ' || name === 'VP8L');
  if (picture === undefined) return null;
  if (alpha === undefined) return riff([picture.whole]);
  const flags = Buffer.from([HAS_ALPHA, 0, 0, 0]);
  const head = Buffer.concat([Buffer.from('VP8X\n\0\0\0', 'latin1'), flags, size]);
  return riff([head, alpha.whole, picture.whole]);
}

function riff(chunks: readonly Buffer[]): Buffer {
  const inside = Buffer.concat(chunks);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(inside.length + 4, 4);
  return Buffer.concat([head, inside]);
}
