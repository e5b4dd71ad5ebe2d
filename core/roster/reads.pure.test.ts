import { expect, it } from 'vitest';
import type { Reads } from '../ground/ids.ts';
import { dictates, readsOf } from './reads.ts';

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

it.each<readonly [level: string | null, classes: string[], reads: Reads | null, then: boolean]>([
  [null, ['GS'], null, true],
  [null, ['CP'], null, true],
  [null, ['PS', 'MS', 'GS'], null, true],
  ['PS', ['PS', 'MS', 'GS'], null, false],
  ['GS', ['PS', 'MS', 'GS'], null, true],
  [null, ['PS', 'MS'], null, false],
  [null, ['CE1'], null, false],
  // A child of the CP who reads by now writes too.
  ['CP', ['CP'], 'words', false],
  ['CE1', ['CE1'], 'pictures', false],
  [null, [], null, false],
])('one of %s in a class with %j, a teacher says %s: dictates %s', (level, levels, reads, then) => {
  expect(dictates({ reads, level }, [{ levels }])).toBe(then);
});
