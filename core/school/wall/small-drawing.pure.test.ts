import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { indexedPng } from '../../mail/parsing/png.ts';
import { chunksOf } from './made.ts';
import { smallOf } from './small-drawing.ts';

const [WIDTH, HEIGHT] = [960, 200];
const RED = [200, 30, 30, 255] as const;
const BLUE = [30, 60, 200, 255] as const;
/** Nothing is there: the paper shows. */
const CLEAR = [0, 0, 0, 0] as const;

/** What a byte is written as the difference from (PNG §9.2), in words of its own. */
function guess(filter: number, left: number, up: number, corner: number): number {
  if (filter === 4) {
    const slope = left + up - corner;
    const nearest = [left, up, corner].toSorted(
      (one, other) => Math.abs(slope - one) - Math.abs(slope - other),
    );
    return nearest[0] ?? 0;
  }
  return [0, left, up, Math.floor((left + up) / 2)][filter] ?? 0;
}

/** Red, then blue, then nothing, from left to right; each line by another filter. */
function drawing(samples: 3 | 4, filters: readonly number[] = [0, 1, 2, 3, 4]): Buffer {
  const thirds = samples === 4 ? [RED, BLUE, CLEAR] : [RED, BLUE];
  const row: number[] = [];
  for (let x = 0; x < WIDTH; x += 1)
    row.push(...(thirds[Math.floor((x * thirds.length) / WIDTH)] ?? RED).slice(0, samples));
  const lines: number[] = [];
  for (let y = 0; y < HEIGHT; y += 1) {
    const filter = filters[y % filters.length] ?? 0;
    lines.push(filter);
    for (const [x, byte] of row.entries()) {
      const left = x < samples ? 0 : (row[x - samples] ?? 0);
      const [up, corner] = y === 0 ? [0, 0] : [byte, left];
      lines.push((byte - guess(filter, left, up, corner)) & 0xff);
    }
  }
  return png(samples === 4 ? 6 : 2, Buffer.from(lines));
}

function png(colour: number, lines: Buffer, interlaced = 0): Buffer {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, colour, 0, 0, interlaced]);
  head.writeUInt32BE(WIDTH);
  head.writeUInt32BE(HEIGHT, 4);
  const chunk = (name: string, holds: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), holds]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(holds.length);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
    ...[chunk('IHDR', head), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))],
  ]);
}

/** The colour of a dot of a small one, and how wide that is. */
function dotOf(small: Buffer, x: number, y: number) {
  const chunks = chunksOf(small) ?? [];
  const of = (wanted: string) =>
    chunks.find(({ name }) => name === wanted)?.holds ?? Buffer.alloc(0);
  const width = of('IHDR').readUInt32BE(0);
  const place = inflateSync(of('IDAT'))[y * (width + 1) + 1 + x] ?? 0;
  return { width, colour: [...of('PLTE').subarray(place * 3, place * 3 + 3)] };
}

describe('a drawing as small as it hangs', () => {
  it.each([3, 4] as const)('has the colours of the whole one, of %d bytes a dot', (samples) => {
    const small = smallOf(drawing(samples));
    if (small === null) throw new Error('none');
    for (const y of [0, 1, 2, 3, 4, 50]) {
      expect(dotOf(small, 10, y)).toEqual({ width: 480, colour: RED.slice(0, 3) });
      expect(dotOf(small, 250, y).colour).toEqual(BLUE.slice(0, 3));
    }
    if (samples === 4) expect(dotOf(small, 470, 50).colour).toEqual([255, 255, 255]);
  });

  it('is made of what our pad writes, a byte a dot', () => {
    const rgb = smallOf(drawing(3));
    if (rgb === null) throw new Error('none');
    const palette = Buffer.from([...RED.slice(0, 3), ...BLUE.slice(0, 3)]);
    const dots = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) =>
      at % WIDTH < WIDTH / 2 ? 0 : 1,
    );
    const small = smallOf(indexedPng({ width: WIDTH, height: HEIGHT, palette, dots }));
    expect(small).toEqual(rgb);
  });

  it('has 256 colours at most, whatever the whole one has', () => {
    const lines = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
    for (let at = 0; at < lines.length; at += 1) lines[at] = (at * 2_654_435_761) >>> 24;
    for (let row = 0; row < HEIGHT; row += 1) lines[row * (1 + WIDTH * 3)] = 0;
    const small = smallOf(png(2, lines));
    const palette = chunksOf(small ?? Buffer.alloc(0))?.find(({ name }) => name === 'PLTE');
    expect(palette?.holds.length).toBeLessThanOrEqual(768);
  });

  it('is none of what isn’t written as a browser writes it, or is cut', () => {
    const whole = drawing(3);
    expect(smallOf(png(2, Buffer.alloc(4), 1))).toBeNull();
    expect(smallOf(png(0, Buffer.alloc(4)))).toBeNull();
    expect(smallOf(whole.subarray(0, whole.length - 20))).toBeNull();
    expect(smallOf(Buffer.alloc(0))).toBeNull();
    // More than it says is never unpacked.
    expect(() => smallOf(png(2, Buffer.alloc(HEIGHT * WIDTH * 9)))).toThrow();
  });
});
