import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { REASON_NAMES } from './reasons.ts';
import { BASE } from './testing/case.ts';
import { CASES } from './testing/cases.ts';
import type { Verdict } from './verdict.ts';

/**
 * Outcomes that no sending rule gives: they come from the scanner, the store and the shape of the
 * message.
 */
const NOT_RULES = [
  'infected',
  'unscannable',
  'scanner-silent',
  'too-big',
  'mailbox-full',
  'malformed',
  'not-your-address',
  'no-recipient',
  'copy-answered',
  'fault',
];

// The table stands in testing/cases-*.ts, a file a heading: each case says what differs from BASE.
describe.each(Object.entries(CASES))('%s', (_heading, cases) => {
  it.each(cases)('$when: $then', ({ given, then }) => {
    expect(said(decide({ ...BASE, ...given }))).toBe(then);
  });
});

it('names every rule at least once', () => {
  const named = new Set(
    Object.values(CASES)
      .flat()
      .map(({ then }) => then.split(' ')[1])
      .filter(Boolean),
  );
  expect([...named].sort()).toEqual(
    REASON_NAMES.filter((name) => !NOT_RULES.includes(name)).sort(),
  );
});

function said(verdict: Verdict): string {
  return verdict.kind === 'allow' ? 'allow' : `${verdict.kind} ${verdict.rule}`;
}
