import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TIMES } from '../../tests/shared/slice.ts';
import {
  firstPiece,
  fullPieces,
  gathered,
  patched,
  patchesOf,
  PIECE_BYTES,
  piecesOf,
} from './pieces.ts';

const LARGE = Buffer.alloc(2 * PIECE_BYTES + 5, 'Le chat dort. ');

it('are as long as a row but the last, and begin anew for who asks again', async () => {
  const pieces = piecesOf(LARGE);
  for (let n = 0; n < 2; n += 1) {
    const lengths: number[] = [];
    for await (const { length } of pieces.read()) lengths.push(length);
    expect(lengths).toEqual([PIECE_BYTES, PIECE_BYTES, 5]);
  }
  expect((await firstPiece(pieces)).length).toBe(PIECE_BYTES);
  expect((await firstPiece(piecesOf(Buffer.alloc(0)))).length).toBe(0);
});

it('become full ones of what is read in steps, whatever size they were said to have', async () => {
  const steps = fc.array(fc.integer({ min: 1, max: PIECE_BYTES }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom(0, -7, 9), async (lengths, off) => {
      const sizeBytes = lengths.reduce((sum, length) => sum + length, 0);
      const all = Buffer.concat(lengths.map((length, at) => Buffer.alloc(length, at)));
      async function* read() {
        for (const [at, length] of lengths.entries()) yield Buffer.alloc(length, at);
      }
      const full: Buffer[] = [];
      for await (const piece of fullPieces({ sizeBytes: sizeBytes + off, read })) full.push(piece);
      expect(Buffer.concat(full).equals(all)).toBe(true);
      if (off === 0)
        expect(full.slice(0, -1).every(({ length }) => length === PIECE_BYTES)).toBe(true);
    }),
    { numRuns: TIMES === 1 ? 3 : 10 * TIMES },
  );
});

it('become by patches what they were patched for, wherever those lie', async () => {
  const places = fc.array(fc.nat({ max: LARGE.length - 1 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(places, async (changed) => {
      const after = Buffer.from(LARGE);
      // About the edge of a piece, too.
      for (const at of [...changed, PIECE_BYTES - 1, PIECE_BYTES]) after[at] = 0;
      const patches = patchesOf(LARGE, after);
      expect(patches.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(100_000);
      expect((await gathered(patched(piecesOf(LARGE), patches))).equals(after)).toBe(true);
    }),
    { numRuns: TIMES === 1 ? 3 : 7 * TIMES },
  );
  expect(patchesOf(LARGE, LARGE)).toEqual([]);
});
