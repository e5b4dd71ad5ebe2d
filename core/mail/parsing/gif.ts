import type { Dots } from './png.ts';

/** Codes of LZW are 12 bits at most (GIF89a, appendix F). */
const MOST_CODES = 4_096;
/** Interlaced lines come in four goes (appendix E): where each begins, and its step. */
const GOES = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

/** Where the first picture of a file stands, and which colours it has. */
interface Frame {
  readonly at: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly isInterlaced: boolean;
  readonly colours: Buffer;
  /** The colour that is seen through; null: none is. */
  readonly clear: number | null;
}

/** The first picture of a GIF on white (GIF89a, §17 to §22); null: it can't be read. */
export function firstOfGif(bytes: Buffer): Dots | null {
  if (bytes.length < 13) return null;
  const [width, height] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
  const frame = frameOf(bytes);
  if (frame === null || frame.width === 0 || frame.height === 0) return null;
  // What reaches beyond its own screen says more dots than were looked at.
  if (frame.left + frame.width > width || frame.top + frame.height > height) return null;
  const indices = unpacked(bytes, frame.at, frame.width * frame.height);
  return indices && laid(frame, indices, { width, height });
}

const sizeOf = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** Over what is said of it to the first picture. */
function frameOf(bytes: Buffer): Frame | null {
  const shared = bytes.subarray(13, 13 + sizeOf(bytes[10] ?? 0));
  let clear: number | null = null;
  let at = 13 + shared.length;
  while (at + 10 < bytes.length) {
    if (bytes[at] === 0x2c) {
      const flags = bytes[at + 9] ?? 0;
      const own = bytes.subarray(at + 10, at + 10 + sizeOf(flags));
      return {
        at: at + 10 + own.length,
        left: bytes.readUInt16LE(at + 1),
        top: bytes.readUInt16LE(at + 3),
        width: bytes.readUInt16LE(at + 5),
        height: bytes.readUInt16LE(at + 7),
        isInterlaced: (flags & 0x40) !== 0,
        colours: own.length > 0 ? own : shared,
        clear,
      };
    }
    if (bytes[at] !== 0x21) return null;
    const isControl = bytes[at + 1] === 0xf9 && bytes[at + 2] === 4;
    if (isControl && ((bytes[at + 3] ?? 0) & 1) === 1) clear = bytes[at + 6] ?? null;
    at = afterBlocks(bytes, at + 2);
  }
  return null;
}

/** Blocks of at most 255 bytes, each behind its length, up to an empty one (§15, §16). */
function afterBlocks(bytes: Buffer, from: number): number {
  let at = from;
  for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) at += 1 + length;
  return at + 1;
}

function gathered(bytes: Buffer, from: number): Buffer {
  const parts: Buffer[] = [];
  let at = from;
  for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) {
    parts.push(bytes.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return Buffer.concat(parts);
}

/** So many bits from one on, the lowest first. */
function codeAt(packed: Buffer, bit: number, width: number): number {
  const at = bit >> 3;
  const three = (packed[at] ?? 0) | ((packed[at + 1] ?? 0) << 8) | ((packed[at + 2] ?? 0) << 16);
  return (three >> (bit & 7)) & (2 ** width - 1);
}

/** The colours of its dots by their numbers, unpacked by LZW; null: there are too few. */
function unpacked(bytes: Buffer, at: number, most: number): Uint8Array | null {
  const first = bytes[at] ?? 0;
  if (first < 1 || first > 8) return null;
  const packed = gathered(bytes, at + 1);
  const [clear, end] = [2 ** first, 2 ** first + 1];
  const [before, last] = [new Uint16Array(MOST_CODES), new Uint8Array(MOST_CODES)];
  const word = new Uint8Array(MOST_CODES + 1);
  const dots = new Uint8Array(most);
  let [bit, width, next, old, done] = [0, first + 1, end + 1, -1, 0];
  while (done < most && bit + width <= 8 * packed.length) {
    const code = codeAt(packed, bit, width);
    bit += width;
    if (code === end) break;
    if (code === clear) {
      [width, next, old] = [first + 1, end + 1, -1];
      continue;
    }
    if (code > next || (old < 0 && code >= clear)) return null;
    // Its dots from the last to the first; what isn't known yet begins and ends alike.
    let [length, one] = [0, code < next ? code : old];
    for (; one > end; one = before[one] ?? 0) word[length++] = last[one] ?? 0;
    word[length++] = one;
    const begins = one;
    for (let from = length; from > 0 && done < most; from -= 1) dots[done++] = word[from - 1] ?? 0;
    if (code === next && done < most) dots[done++] = begins;
    if (old >= 0 && next < MOST_CODES) {
      [before[next], last[next]] = [old, begins];
      next += 1;
      if (next === 2 ** width && width < 12) width += 1;
    }
    old = code;
  }
  return done < most ? null : dots;
}

/** Its dots in their colours, where they stand on its screen. */
function laid(
  frame: Frame,
  indices: Uint8Array,
  screen: { readonly width: number; readonly height: number },
): Dots {
  const rgba = new Uint8Array(4 * screen.width * screen.height).fill(255);
  const { width, colours, clear } = frame;
  linesOf(frame).forEach((line, from) => {
    let to = 4 * ((frame.top + line) * screen.width + frame.left);
    for (let at = from * width; at < (from + 1) * width; at += 1, to += 4) {
      const colour = indices[at] ?? 0;
      if (colour === clear) continue;
      for (let part = 0; part < 3; part += 1) rgba[to + part] = colours[3 * colour + part] ?? 0;
    }
  });
  return { ...screen, rgba };
}

/** Which line of the picture each line of the file is. */
function linesOf({ height, isInterlaced }: Frame): readonly number[] {
  if (!isInterlaced) return Array.from({ length: height }, (_, line) => line);
  return GOES.flatMap(([from, step]) =>
    Array.from({ length: Math.ceil((height - from) / step) }, (_, at) => from + at * step),
  );
}
