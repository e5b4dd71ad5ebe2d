import { expect, it } from 'vitest';
import {
  bytes,
  count,
  either,
  isFlag,
  isMoment,
  list,
  only,
  orNull,
  record,
  shape,
  text,
  type AnswerCheck,
} from './answers.ts';

interface Sheet {
  readonly pages: number;
  readonly isLast?: true;
}
const sheet = shape<Sheet>({ pages: count(500) }, { isLast: only(true) });
const params = record(text(3), { keys: 2, keyCharacters: 4 });

it.each<{
  readonly of: string;
  readonly check: AnswerCheck<never>;
  readonly right: unknown[];
  readonly wrong: unknown[];
}>([
  {
    of: 'an object',
    check: sheet as never,
    right: [{ pages: 0 }, { pages: 500, isLast: true }],
    wrong: [
      ...[undefined, null, 'pages', [], [1]],
      ...[{}, { pages: 501 }, { pages: -1 }, { pages: NaN }, { pages: 1.5 }, { pages: '1' }],
      ...[
        { pages: 1, isLast: false },
        { pages: 1, isLast: undefined },
        { pages: 1, toString: 1 },
      ],
      Object.create({ pages: 1 }),
    ],
  },
  { of: 'a text', check: text(3) as never, right: ['', 'abc'], wrong: ['abcd', 1, null, ['a']] },
  {
    of: 'bytes',
    check: bytes(2) as never,
    right: [Buffer.alloc(2)],
    wrong: [Buffer.alloc(3), new Uint8Array(2), [1, 2], { length: 2 }, 'ab'],
  },
  {
    of: 'a list',
    check: list(isFlag, 2) as never,
    right: [[], [true, false]],
    wrong: [[true, true, true], [1], { length: 0 }, [true, undefined]],
  },
  {
    of: 'a moment',
    check: isMoment as never,
    right: [new Date(0)],
    wrong: [new Date(NaN), 0, '2026-12-01'],
  },
  {
    of: 'any keys',
    check: params as never,
    right: [{}, { abcd: 'abc', b: '' }],
    wrong: [{ a: '', b: '', c: '' }, { abcde: '' }, { a: 'abcd' }, { a: 1 }, [], null],
  },
  {
    of: 'one of two, or nothing',
    check: orNull(either(only('a'), sheet)) as never,
    right: [null, 'a', { pages: 1 }],
    wrong: [undefined, 'b', { pages: 501 }],
  },
])('knows $of, and everything else by its kind, its size, and what it has too much', (row) => {
  expect(row.right.filter((one) => !row.check(one))).toEqual([]);
  expect(row.wrong.filter((one) => row.check(one))).toEqual([]);
});
