import { expect, it } from 'vitest';
import { keptOf } from './strays.ts';

const MEGABYTE = 2 ** 20;
const stray = (name: string, megabytes: number) => ({
  name,
  schools: [],
  files: [{ name: 'a.csv', bytes: Buffer.alloc(megabytes * MEGABYTE) }],
  exported: null,
});

it.each([
  { what: 'few', strays: 3, megabytes: 1, kept: 3 },
  { what: 'many', strays: 230, megabytes: 0, kept: 200 },
  { what: 'an export of all, for each school of it', strays: 9, megabytes: 60, kept: 3 },
])('of $what strays as many are kept as there is room for, and the names of all', (given) => {
  const one = stray('École', given.megabytes);
  const { kept, named } = keptOf(Array.from({ length: given.strays }, () => one));
  expect([kept.length, named.length]).toEqual([given.kept, given.strays - given.kept]);
});
