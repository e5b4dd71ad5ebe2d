import { describe, expect, it } from 'vitest';
import { asksModseq, criterionOf } from './criteria.ts';
import type { View } from './view.ts';
import { parse } from './wire/parse.ts';

const view: View = { uids: Uint32Array.of(3, 5, 9), modseq: 1, hasGhosts: false };
const condition = (keys: string) => {
  const parsed = parse(`a SEARCH ${keys}`, { utf8: false });
  if (parsed.kind !== 'command' || parsed.command.name !== 'SEARCH')
    throw new Error(`no search: ${keys}`);
  return parsed.command.condition;
};
const criterion = (keys: string, saved: Uint32Array | null = null) =>
  criterionOf(condition(keys), { view, saved });
const uids = (...ranges: readonly (readonly [number, number])[]) => ({
  kind: 'uids',
  set: ranges.map(([from, to]) => ({ from, to })),
});

describe('sets become UIDs', () => {
  it.each<[string, unknown]>([
    ['1:2', uids([3, 5])],
    ['2:*', uids([5, 9])],
    ['UID 4:6', uids([4, 6])],
    ['UID 8:*', uids([8, 9])],
    ['NOT 3', { kind: 'not', not: uids([9, 9]) }],
    ['1:2 SEEN', { kind: 'and', of: [uids([3, 5]), { kind: 'flag', flag: '\\Seen', set: true }] }],
    ['OR 1 MODSEQ 7', { kind: 'or', either: uids([3, 3]), or: { kind: 'modseq', atLeast: 7 } }],
    ['4', uids()],
    ['2:4', uids([5, 9])],
    ['4:*', uids([9, 9])],
    ['9,1', uids([3, 3])],
    ['NOT 7:9', { kind: 'not', not: uids() }],
  ])('%s', (keys, then) => expect(criterion(keys)).toEqual(then));
  it('$ is what was saved', () => {
    expect(criterion('$', Uint32Array.of(3, 9))).toEqual(uids([3, 3], [9, 9]));
    expect(criterion('UID $')).toEqual(uids());
  });
});

it.each<[string, boolean]>([
  ['MODSEQ 1', true],
  ['OR SEEN (1 NOT MODSEQ 3)', true],
  ['SEEN', false],
])('%s asks for a mod-sequence: %s', (keys, then) =>
  expect(asksModseq(condition(keys))).toBe(then),
);
