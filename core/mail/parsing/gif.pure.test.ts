import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstOfGif } from './gif.ts';
import { shrunk } from './shrunk.ts';
import { RED_GIF } from './testing/red-gif.ts';

it('reads the first picture of a GIF, each line in its place, on white', () => {
  const dots = firstOfGif(RED_GIF);
  expect(dots && [dots.width, dots.height]).toEqual([40, 30]);
  for (let row = 0; row < 30; row += 1)
    for (let column = 0; column < 40; column += 1) {
      const isRed = column >= 10 && column <= 30 && row >= 5 && row <= 20;
      const at = 4 * (row * 40 + column);
      expect([row, column, ...(dots?.rgba.subarray(at, at + 3) ?? [])]).toEqual([
        ...[row, column],
        ...(isRed ? [255, 0, 0] : [255, 255, 255]),
      ]);
    }
});

it('ends at whatever is broken, and reads no dot beyond its screen', () => {
  fc.assert(
    fc.property(
      fc.nat(RED_GIF.length - 1),
      fc.nat(255),
      fc.nat(RED_GIF.length),
      (at, byte, cut) => {
        const broken = Buffer.from(RED_GIF.subarray(0, Math.max(cut, RED_GIF.length - 20)));
        if (at < broken.length && (at < 6 || at > 9)) broken[at] = byte;
        const dots = firstOfGif(broken);
        if (dots !== null) expect(dots.rgba.length).toBe(4 * dots.width * dots.height);
      },
    ),
    { numRuns: 2_000 },
  );
  for (let cut = 0; cut < RED_GIF.length - 8; cut += 1)
    expect([cut, firstOfGif(RED_GIF.subarray(0, cut))]).toEqual([cut, null]);
});

it('makes a picture small by the mean of its dots, what is seen through on white', () => {
  const rgba = Uint8Array.from([...[0, 0, 0, 255], ...[200, 100, 0, 255], ...[9, 9, 9, 0]]);
  const wide = { width: 3, height: 1, rgba };
  expect([...shrunk(wide, 3).rgba]).toEqual([0, 0, 0, 255, 200, 100, 0, 255, 255, 255, 255, 255]);
  const two = { width: 2, height: 1, rgba: rgba.subarray(0, 8) };
  expect(shrunk(two, 1)).toEqual({ width: 1, height: 1, rgba: Uint8Array.of(100, 50, 0, 255) });
});
