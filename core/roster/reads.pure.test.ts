import { expect, it } from 'vitest';
import type { Reads } from '../ground/ids.ts';
import { readsOf } from './reads.ts';

it.each<readonly [levels: string[][], said: Reads | null, then: Reads]>([
  [[['PS']], null, 'pictures'],
  [[['PS', 'MS', 'GS']], null, 'pictures'],
  [[['CP']], null, 'pictures'],
  [[['CP', 'CE1']], null, 'pictures'],
  [[['CP', 'CE1', 'CE2']], null, 'words'],
  [[['CE1']], null, 'words'],
  [[], null, 'words'],
  [[[]], null, 'words'],
  // A child of two classes: what both have counts.
  [[['CP'], ['CE2', 'CM1']], null, 'words'],
  [[['CM2']], 'pictures', 'pictures'],
  [[['GS']], 'words', 'words'],
])('of classes with %j, a teacher says %s: %s', (levels, reads, then) => {
  expect(
    readsOf(
      { reads, level: null },
      levels.map((some) => ({ levels: some })),
    ),
  ).toBe(then);
});

it.each<readonly [level: string, classes: string[], then: Reads]>([
  ['CE1', ['CP', 'CE1'], 'words'],
  ['CP', ['CP', 'CE1', 'CE2'], 'pictures'],
  ['CP', ['CE1'], 'words'],
])('one of %s in a class with %j: %s', (level, levels, then) => {
  expect(readsOf({ reads: null, level }, [{ levels }])).toBe(then);
});
