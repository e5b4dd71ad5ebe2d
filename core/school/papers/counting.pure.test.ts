import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AddressId } from '../../ground/ids.ts';
import type { Standing } from './contract.ts';
import type { Needed, Says } from './contract/slips.ts';
import { isAnswerTo, standingOf, tallyOf, type CountedAnswer } from './counting.ts';

const [ANNE, MARC] = [1 as AddressId, 2 as AddressId];
const YES: Says = { kind: 'yes' };
const NO: Says = { kind: 'no' };
const by = (id: AddressId, says: Says, version = 1): CountedAnswer => ({
  version,
  signer: { kind: 'guardian', id, name: id === ANNE ? 'Anne' : 'Marc' },
  says,
});
const onPaper = (name: string, says: Says): CountedAnswer => ({
  version: 1,
  signer: { kind: 'on-paper', name },
  says,
});
const option = (at: number): Says => ({ kind: 'option', option: at });
const BOTH = [ANNE, MARC];

interface Case {
  readonly when: string;
  readonly needed?: Needed;
  readonly version?: number;
  readonly guardians?: readonly AddressId[];
  readonly answers: readonly CountedAnswer[];
  readonly then: Standing;
}

const waiting = (...missing: readonly AddressId[]): Standing => ({ kind: 'waiting', missing });

describe('where a family stands', () => {
  it.each<Case>([
    { when: 'nobody has answered', answers: [], then: waiting(ANNE, MARC) },
    { when: 'one yes, where one is enough', answers: [by(ANNE, YES)], then: { kind: 'yes' } },
    {
      when: 'one yes, where each is needed',
      needed: 'each',
      answers: [by(ANNE, YES)],
      then: waiting(MARC),
    },
    {
      when: 'two yes, where each is needed',
      needed: 'each',
      answers: [by(ANNE, YES), by(MARC, YES)],
      then: { kind: 'yes' },
    },
    {
      when: 'one yes and one no: the no counts',
      answers: [by(ANNE, YES), by(MARC, NO)],
      then: { kind: 'no', alsoYes: true },
    },
    {
      when: 'a no before a yes counts all the same',
      needed: 'each',
      answers: [by(MARC, NO), by(ANNE, YES)],
      then: { kind: 'no', alsoYes: true },
    },
    {
      when: 'somebody changed their mind',
      answers: [by(ANNE, NO), by(ANNE, YES)],
      then: { kind: 'yes' },
    },
    {
      when: 'the yes was to older words',
      version: 2,
      answers: [by(ANNE, YES)],
      then: waiting(ANNE, MARC),
    },
    {
      when: 'a no to older words counts for nothing now',
      version: 2,
      answers: [by(MARC, NO), by(ANNE, YES, 2)],
      then: { kind: 'yes' },
    },
    {
      when: 'who lost the right has signed before: it stands',
      guardians: [MARC],
      answers: [by(ANNE, YES)],
      then: { kind: 'yes' },
    },
    {
      when: 'who lost the right is waited for no longer',
      needed: 'each',
      guardians: [ANNE],
      answers: [by(ANNE, YES)],
      then: { kind: 'yes' },
    },
    {
      when: 'who lost the right has signed, and the other is still to come',
      needed: 'each',
      guardians: [MARC],
      answers: [by(ANNE, YES)],
      then: waiting(MARC),
    },
    { when: 'no guardian has an account', guardians: [], answers: [], then: { kind: 'nobody' } },
    {
      when: 'a slip on paper of somebody without an account',
      guardians: [],
      needed: 'each',
      answers: [onPaper('sa mère', YES)],
      then: { kind: 'yes' },
    },
    {
      when: 'a slip on paper says no beside a yes',
      answers: [by(ANNE, YES), onPaper('son père', NO)],
      then: { kind: 'no', alsoYes: true },
    },
    {
      when: 'a slip of somebody else doesn’t stand for each guardian',
      needed: 'each',
      answers: [onPaper('sa tante', YES)],
      then: waiting(ANNE, MARC),
    },
    {
      when: 'two chose differently',
      answers: [by(ANNE, option(0)), by(MARC, option(1))],
      then: { kind: 'differ' },
    },
    {
      when: 'two chose the same',
      answers: [by(ANNE, option(1)), by(MARC, option(1))],
      then: { kind: 'yes' },
    },
    {
      when: 'two wrote different words: both are read',
      answers: [by(ANNE, { kind: 'words', text: 'a' }), by(MARC, { kind: 'words', text: 'b' })],
      then: { kind: 'yes' },
    },
  ])('$when', ({ needed = 'one', version = 1, guardians = BOTH, answers, then }) =>
    expect(standingOf({ version, needed, guardians, answers })).toEqual(then),
  );
  it('is counted family by family', () => {
    expect(
      tallyOf([
        { kind: 'yes' },
        { kind: 'no', alsoYes: false },
        { kind: 'differ' },
        waiting(ANNE),
        { kind: 'nobody' },
      ]),
    ).toEqual({ asked: 5, answered: 3, yes: 1, no: 1, waiting: 2, nobody: 1 });
  });
});

describe('whatever comes in whatever order', () => {
  const [PAUL] = [3 as AddressId];
  const given = fc.record({
    version: fc.constantFrom(1, 2),
    signer: fc.oneof(
      fc.constantFrom(ANNE, MARC, PAUL).map((id) => ({ kind: 'guardian' as const, id, name: 'x' })),
      fc.constantFrom('sa mère', 'Sa mère ', 'son père').map((name) => ({
        kind: 'on-paper' as const,
        name,
      })),
    ),
    says: fc.constantFrom<Says>(YES, NO),
  });
  const families = fc.record({
    needed: fc.constantFrom<Needed>('one', 'each'),
    guardians: fc.subarray([ANNE, MARC, PAUL]),
    answers: fc.array(given, { maxLength: 8 }),
  });
  const whose = ({ signer }: CountedAnswer): string =>
    signer.kind === 'guardian' ? String(signer.id) : signer.name.trim().toLowerCase();

  it('a last no counts, older words count for nothing, and who says nothing gives no yes', () => {
    fc.assert(
      fc.property(families, ({ needed, guardians, answers }) => {
        const now = answers.filter(({ version }) => version === 2);
        const last = new Map(now.map((one) => [whose(one), one.says.kind]));
        const standing = standingOf({ version: 2, needed, guardians, answers });
        expect(standingOf({ version: 2, needed, guardians, answers: now })).toEqual(standing);
        expect(standing.kind === 'no').toBe([...last.values()].includes('no'));
        if (standing.kind === 'yes') {
          expect(last.size).toBeGreaterThan(0);
          const isWhole = guardians.every((id) => last.has(String(id)));
          expect(needed === 'one' || isWhole).toBe(true);
        }
        if (standing.kind === 'waiting')
          expect(guardians).toEqual(expect.arrayContaining([...standing.missing]));
      }),
    );
  });
});

it('takes to each question what can be said to it', () => {
  const all: readonly Says[] = [
    { kind: 'signed' },
    YES,
    NO,
    option(0),
    option(2),
    { kind: 'words', text: 'Rayan vient' },
    { kind: 'words', text: '  ' },
  ];
  const taken = (question: Parameters<typeof isAnswerTo>[0]): readonly number[] =>
    all.flatMap((says, at) => (isAnswerTo(question, says) ? [at] : []));
  expect(taken({ kind: 'sign' })).toEqual([0]);
  expect(taken({ kind: 'yes-no' })).toEqual([1, 2]);
  expect(taken({ kind: 'choice', options: ['car', 'vélo'] })).toEqual([3]);
  expect(taken({ kind: 'words' })).toEqual([5]);
});
