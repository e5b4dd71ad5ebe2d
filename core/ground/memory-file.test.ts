import { writeSync } from 'node:fs';
import { expect, it } from 'vitest';
import { heldIn, openMemoryFile } from './memory-file.ts';
import { firstBytes, gathered } from './pieces.ts';

const BYTES = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7) % 251));

function hold(sizeBytes: number) {
  const fd = openMemoryFile();
  if (fd === null) throw new Error('no memory to hold it');
  writeSync(fd, BYTES);
  return heldIn(fd, sizeBytes);
}

it('gives what it holds, as often as it is asked, until it is closed', async () => {
  const { pieces, close } = hold(BYTES.length);
  expect((await gathered(pieces)).equals(BYTES)).toBe(true);
  expect((await firstBytes(pieces, 70_000)).equals(BYTES.subarray(0, 70_000))).toBe(true);
  expect((await firstBytes(pieces, 300_000)).equals(BYTES)).toBe(true);
  const read = pieces.read()[Symbol.asyncIterator]();
  await read.next();
  close();
  close();
  await expect(read.next()).rejects.toThrow('closed');
});

it('says so where less is there than was said', async () => {
  const { pieces, close } = hold(BYTES.length + 1);
  await expect(gathered(pieces)).rejects.toThrow('too early');
  close();
});
