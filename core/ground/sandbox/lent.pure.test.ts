import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openMemoryFile } from '../memory-file.ts';
import { lend, takeBack } from './lent.ts';

const LARGE = Buffer.alloc(100_000, 'é');

it.skipIf(openMemoryFile() === null)(
  'lends the first large buffer, and takes its memory back',
  () => {
    const fd = openMemoryFile();
    if (fd === null) throw new Error('nothing to lend by');
    const given = ['name', Buffer.alloc(10), LARGE, LARGE];
    expect(lend(fd, given)).toEqual(['name', Buffer.alloc(10), { lentBytes: 100_000 }, LARGE]);
    expect(readFileSync(`/proc/self/fd/${fd}`).equals(LARGE)).toBe(true);
    takeBack(fd);
    expect(fstatSync(fd).size).toBe(0);
    closeSync(fd);
  },
);

it.each([
  ['there is nothing large', () => openMemoryFile(), ['name', Buffer.alloc(10)]],
  ['there is no memory to lend by', () => null, [LARGE]],
  ['there is no room', () => openSync('/dev/null', 'r'), [LARGE]],
])('gives all as it is where %s', (_, open, given) => {
  const fd = open();
  expect(lend(fd, given)).toBe(given);
  if (fd !== null) closeSync(fd);
});
