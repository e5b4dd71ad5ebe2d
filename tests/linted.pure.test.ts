import { expect, test } from 'vitest';
import { asBefore, type TypedProgram } from './linted.ts';

interface Source {
  readonly text: string;
  /** What others see of it; its text, where tsc hasn't looked. */
  readonly seen?: string;
  readonly refers?: readonly string[];
  readonly everybodys?: true;
}

/** A program as tsc notes it: a page asks core, which asks a rule; a word stands for itself. */
const FILES: Readonly<Record<string, Source>> = {
  '../zod/index.d.ts': { text: 'zod' },
  '../../core/rule.ts': { text: 'rule', seen: 'its types' },
  '../../core/core.ts': { text: 'core', seen: 'its types', refers: ['../../core/rule.ts'] },
  '../../webmail/page.ts': { text: 'page', refers: ['../../core/core.ts'] },
  '../../webmail/word.ts': { text: 'word' },
  '../../tests/global.ts': { text: 'global', everybodys: true },
};

function programOf(files: Readonly<Record<string, Source>>): TypedProgram {
  const names = Object.keys(files);
  const all = Object.values(files);
  return {
    fileNames: names,
    fileInfos: all.map(({ text, seen, everybodys }) => ({
      version: text,
      ...(seen === undefined ? {} : { signature: seen }),
      ...(everybodys === undefined ? {} : { affectsGlobalScope: everybodys }),
    })),
    fileIdsList: all.map(({ refers }) => (refers ?? []).map((name) => names.indexOf(name) + 1)),
    referencedMap: names.map((_, index) => [index + 1, index + 1] as const),
  };
}

/** Our own files that lint leaves out after a change, by their last names. */
const leftOut = (changed: Readonly<Record<string, Source>>): string[] =>
  asBefore(programOf(FILES), programOf({ ...FILES, ...changed }))
    .filter((name) => name.startsWith('../../'))
    .map((name) => name.slice(name.lastIndexOf('/') + 1));

const RULE = FILES['../../core/rule.ts']!;

test('lint looks at nothing where nothing has changed', () => {
  expect(leftOut({})).toEqual(['rule.ts', 'core.ts', 'page.ts', 'word.ts', 'global.ts']);
});

test('lint looks at what has changed alone where others see the same of it', () => {
  expect(leftOut({ '../../core/rule.ts': { ...RULE, text: 'rule, better' } })).toEqual([
    ...['core.ts', 'page.ts', 'word.ts', 'global.ts'],
  ]);
});

test('lint looks at all that refers to it, by whatever way, where they see something else', () => {
  const change = { '../../core/rule.ts': { text: 'rule', seen: 'a promise' } };
  expect(leftOut(change)).toEqual(['word.ts', 'global.ts']);
});

test('lint looks at a new file', () => {
  const seen = leftOut({ '../../webmail/new.ts': { text: 'new' } });
  expect(seen).toEqual(['rule.ts', 'core.ts', 'page.ts', 'word.ts', 'global.ts']);
});

test.each([
  { what: 'a package', changed: { '../zod/index.d.ts': { text: 'zod, newer' } } },
  { what: 'a new package', changed: { '../new/index.d.ts': { text: 'new' } } },
  {
    what: 'a file that says something of everything',
    changed: { '../../tests/global.ts': { text: 'another', everybodys: true as const } },
  },
])('lint looks at everything where $what has changed', ({ changed }) => {
  expect(leftOut(changed)).toEqual([]);
});

test('lint looks at everything where a package has gone', () => {
  const { '../zod/index.d.ts': _, ...left } = FILES;
  expect(asBefore(programOf(FILES), programOf(left))).toEqual([]);
});
