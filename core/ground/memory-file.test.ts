import { writeSync } from 'node:fs';
import { expect, it } from 'vitest';
import { heldIn, openMemoryFile } from './memory-file.ts';
import { firstBytes, gathered, PIECE_BYTES } from './pieces.ts';

const BYTES = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7) % 251));

function hold(more = 0, bytes = BYTES) {
  const fd = openMemoryFile();
  if (fd === null) throw new Error('no memory to hold it');
  writeSync(fd, bytes);
  return heldIn(fd, bytes.length + more);
}

it('gives what it holds, as often as it is asked, until it is closed', async () => {
  const { pieces, close } = hold();
  expect((await gathered(pieces)).equals(BYTES)).toBe(true);
  expect((await firstBytes(pieces, 70_000)).equals(BYTES.subarray(0, 70_000))).toBe(true);
  expect((await firstBytes(pieces, 300_000)).equals(BYTES)).toBe(true);
  const read = pieces.read()[Symbol.asyncIterator]();
  await read.next();
  close();
  close();
  await expect(read.next()).rejects.toThrow('closed');
});

it('lets others have a turn after each piece', async () => {
  const { pieces, close } = hold(0, Buffer.alloc(3 * PIECE_BYTES));
  let turns = 0;
  const count = (): void => {
    turns += 1;
    timer = setImmediate(count);
  };
  let timer = setImmediate(count);
  await gathered(pieces);
  clearImmediate(timer);
  expect(turns).toBeGreaterThanOrEqual(3);
  close();
});

it('says so where less is there than was said', async () => {
  const { pieces, close } = hold(1);
  await expect(gathered(pieces)).rejects.toThrow('too early');
  close();
});
