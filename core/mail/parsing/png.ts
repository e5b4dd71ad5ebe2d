import { crc32, deflateSync } from 'node:zlib';
import type { AnswerCheck } from '../../ground/sandbox/answers.ts';

/** A picture, dot by dot: red, green, blue, and what is seen through it, which is nothing here. */
export interface Dots {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** Where a PNG begins (RFC 2083 §3.1). */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Kinds of colour (§4.1.1), and the bytes of a dot. */
const GREY = { kind: 0, bytes: 1 } as const;
const COLOURED = { kind: 2, bytes: 3 } as const;
const INDEXED = { kind: 3 } as const;
const DEPTH = 8;
const QUICK = { level: 4 } as const;
const SMALL = { level: 9 } as const;

/** Of a PNG beside its dots, which are of four bytes each at most. */
const BESIDE_BYTES = 65_536;

/** What begins as a PNG, no larger than so many dots make one: the answer of who draws. */
export function pngUpTo({ width, height }: Omit<Dots, 'rgba'>): AnswerCheck<Buffer> {
  const most = width * height * 4 + BESIDE_BYTES;
  return (value): value is Buffer =>
    Buffer.isBuffer(value) &&
    value.length <= most &&
    value.subarray(0, SIGNATURE.length).equals(SIGNATURE);
}

/** A picture in few colours: a byte a dot says which of them it has. */
export interface Indexed {
  readonly width: number;
  readonly height: number;
  /** Three bytes a colour, 256 at most. */
  readonly palette: Buffer;
  readonly dots: Uint8Array;
}

/** The same as a PNG (RFC 2083 §4.1.2). */
export function indexedPng({ width, height, palette, dots }: Indexed): Buffer {
  const lines = Buffer.alloc(height * (1 + width));
  for (let row = 0; row < height; row += 1)
    lines.set(dots.subarray(row * width, (row + 1) * width), row * (1 + width) + 1);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', headOf(width, height, INDEXED.kind)),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(lines, SMALL)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function headOf(width: number, height: number, kind: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([DEPTH, kind], 8);
  return head;
}

/** A picture as a PNG: a byte a dot where all of it is grey, as most pages are, else three. */
export function pngOf(dots: Dots): Buffer {
  const { width, height } = dots;
  const colour = isGrey(dots) ? GREY : COLOURED;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', headOf(width, height, colour.kind)),
    chunk('IDAT', deflateSync(linesOf(dots, colour.bytes), QUICK)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function isGrey({ rgba }: Dots): boolean {
  for (let at = 0; at < rgba.length; at += 4)
    if (rgba[at] !== rgba[at + 1] || rgba[at] !== rgba[at + 2]) return false;
  return true;
}

/** Each line behind a byte that says it stands there as it is (§6.2). */
function linesOf({ width, height, rgba }: Dots, bytes: 1 | 3): Buffer {
  const lines = Buffer.alloc(height * (1 + width * bytes));
  let to = 0;
  for (let row = 0; row < height; row += 1) {
    to += 1;
    for (let from = row * width * 4; from < (row + 1) * width * 4; from += 4) {
      for (let part = 0; part < bytes; part += 1) lines[to + part] = rgba[from + part] ?? 0;
      to += bytes;
    }
  }
  return lines;
}

/** Length, name, data, and a sum of the last two (§3.2). */
function chunk(name: 'IHDR' | 'PLTE' | 'IDAT' | 'IEND', data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
