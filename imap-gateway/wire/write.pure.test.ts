import { describe, expect, it } from 'vitest';
import { encodeName } from './names.ts';
import { setOf } from './ranges.ts';
import type { SearchReturns } from './search-tree.ts';
import { esearch, mailboxList, plainResult, slice } from './write.ts';

const NONE: SearchReturns = {
  min: false,
  max: false,
  all: false,
  count: false,
  save: false,
  partial: null,
};

it.each<[number[], string]>([
  [[], ''],
  [[4], '4'],
  [[1, 2, 3], '1:3'],
  [[1, 3, 4, 9], '1,3:4,9'],
  [[5, 6, 1], '5:6,1'],
])('the set of %j', (numbers, then) => {
  expect(setOf(numbers)).toBe(then);
  expect(setOf(Uint32Array.from(numbers))).toBe(then);
});

it.each<[string, boolean, string]>([
  ['Envoyés', false, 'Envoy&AOk-s'],
  ['Envoyés', true, '"Envoyés"'],
  ['a b', false, '"a b"'],
  ['R&D', false, 'R&-D'],
  ['R&D', true, '"R&D"'],
  ['', false, '""'],
  ['nil', false, '"nil"'],
  ['a"b', false, '"a\\"b"'],
])('the name %s, utf8 %s', (name, utf8, then) => expect(encodeName(name, { utf8 })).toBe(then));

it('LIST', () => {
  expect(
    mailboxList('LIST', 'Envoyés', { attributes: ['\\HasNoChildren', '\\Sent'], utf8: false }),
  ).toBe('* LIST (\\HasNoChildren \\Sent) "/" Envoy&AOk-s\r\n');
  expect(
    mailboxList('LIST', 'a', {
      attributes: [],
      utf8: false,
      extended: '"CHILDINFO" ("SUBSCRIBED")',
    }),
  ).toBe('* LIST () "/" a ("CHILDINFO" ("SUBSCRIBED"))\r\n');
});

describe('what was found', () => {
  it.each<[Partial<SearchReturns>, number[], number | null, string]>([
    [{ min: true, max: true, count: true }, [2, 3, 9], null, ' MIN 2 MAX 9 COUNT 3'],
    [{ all: true }, [2, 3, 9], 17, ' ALL 2:3,9 MODSEQ 17'],
    [{ min: true, all: true, count: true }, [], 17, ' COUNT 0'],
    [{ partial: { from: 1, to: 2 } }, [2, 3, 9], null, ' PARTIAL (1:2 2:3)'],
    [{ partial: { from: -1, to: -2 } }, [2, 3, 9], null, ' PARTIAL (-1:-2 3,9)'],
    [{ partial: { from: 10, to: 20 } }, [2, 3, 9], null, ' PARTIAL (10:20 NIL)'],
  ])('ESEARCH %j of %j', (returns, numbers, modseq, then) => {
    expect(
      esearch(
        'a1',
        { byUid: true, returns: { ...NONE, ...returns } },
        { numbers: Uint32Array.from(numbers), modseq },
      ),
    ).toBe(`* ESEARCH (TAG "a1") UID${then}\r\n`);
  });
  it('SEARCH', () => {
    expect(plainResult('SEARCH', { numbers: Uint32Array.of(2, 3), modseq: null })).toBe(
      '* SEARCH 2 3\r\n',
    );
    expect(plainResult('SEARCH', { numbers: new Uint32Array(0), modseq: 9 })).toBe('* SEARCH\r\n');
    expect(plainResult('SORT', { numbers: Uint32Array.of(3, 2), modseq: 9 })).toBe(
      '* SORT 3 2 (MODSEQ 9)\r\n',
    );
  });
  it.each<[number, number, number[]]>([
    [1, 2, [1, 2]],
    [3, 2, [2, 3]],
    [2, 99, [2, 3, 4]],
    [-1, -2, [3, 4]],
    [-3, -99, [1, 2]],
    [-9, -20, []],
    [5, 6, []],
  ])('positions %i:%i of four', (from, to, then) => {
    expect(slice([1, 2, 3, 4], { from, to })).toEqual(then);
  });
});
