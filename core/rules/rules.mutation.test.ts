import { expect, it } from 'vitest';
import { ACCOUNT, WAYS } from './account.ts';
import { CONTENT } from './content.ts';
import { decideWith } from './decide.ts';
import type { Facts } from './facts.ts';
import { HOURS, MODERATION, ROAD, SECOND_LOOK } from './moderation.ts';
import { ALLOWED, REFUSED, relationOf } from './relation.ts';
import { BASE } from './testing/case.ts';
import { CASES } from './testing/cases.ts';
import { factsOf, indexOf } from './testing/facts-of-town.ts';
import { lettersOf } from './testing/letters.ts';
import { opinion } from './testing/oracle.ts';
import { townFrom } from './testing/town.ts';
import { rulesOf, type RuleRow, type Verdict } from './verdict.ts';

/** All rows of the rules, as decide.ts puts them together. */
interface Book {
  readonly allowed: typeof ALLOWED;
  readonly refused: typeof REFUSED;
  readonly after: readonly RuleRow[];
}
interface Mutant {
  readonly name: string;
  readonly book: Book;
}
interface Question {
  readonly facts: Facts;
  readonly right: (verdict: Verdict) => boolean;
}

const BOOK: Book = {
  allowed: ALLOWED,
  refused: REFUSED,
  after: [...WAYS, ...ACCOUNT, ...MODERATION, ...SECOND_LOOK, ...HOURS, ...ROAD, ...CONTENT],
};
const SEED = 20260901;

it('notices when any rule is taken out or turned round', () => {
  const questions = [...fromTable(), ...fromOracle()];
  expect(isCaught(BOOK, questions)).toBe(false);
  const mutants = [
    ...mutantsOf('allowed', ({ says }) => says),
    ...mutantsOf('refused', ({ rule, from }) => `${rule} (${from.join(', ')})`),
    ...mutantsOf('after', ({ kind, rule }) => `${kind} ${rule}`),
    ...narrowed(),
    ...softened(),
  ];
  const missed = mutants.filter(({ book }) => !isCaught(book, questions)).map(({ name }) => name);
  process.stdout.write(
    `rules: caught ${mutants.length - missed.length} of ${mutants.length} changed rules\n`,
  );
  expect(missed).toEqual([]);
});

/** Each row of a part removed, and each turned round: it fires exactly when it should not. */
function mutantsOf<Part extends keyof Book>(
  part: Part,
  nameOf: (row: Book[Part][number]) => string,
): readonly Mutant[] {
  return BOOK[part].flatMap((row: Book[Part][number], at) => {
    const turned = { ...row, when: (facts: Facts) => !row.when(facts) };
    return [
      { name: `without: ${nameOf(row)}`, book: { ...BOOK, [part]: BOOK[part].toSpliced(at, 1) } },
      {
        name: `turned round: ${nameOf(row)}`,
        book: { ...BOOK, [part]: (BOOK[part] as readonly object[]).with(at, turned) },
      },
    ];
  });
}

/** Each row of the relation without one of the roles that it names. */
function narrowed(): readonly Mutant[] {
  return ALLOWED.flatMap((row, at) => [
    ...row.from.map((role) => ({
      name: `not from ${role}: ${row.says}`,
      book: {
        ...BOOK,
        allowed: ALLOWED.with(at, { ...row, from: row.from.filter((one) => one !== role) }),
      },
    })),
    ...row.to.map((party) => ({
      name: `not to ${party}: ${row.says}`,
      book: {
        ...BOOK,
        allowed: ALLOWED.with(at, { ...row, to: row.to.filter((one) => one !== party) }),
      },
    })),
  ]);
}

const turned = (row: RuleRow) => ({ ...row, kind: row.kind === 'hold' ? 'deny' : 'hold' });

/** Each hold made an allow or a refusal, each refusal made a hold. */
function softened(): readonly Mutant[] {
  const after = BOOK.after.map((row, at) => ({
    name: `other kind: ${row.rule}`,
    // The compiler lets nobody write such a row; the tests must find it all the same.
    book: { ...BOOK, after: BOOK.after.with(at, turned(row) as RuleRow) },
  }));
  const allowed = ALLOWED.flatMap((row, at) =>
    row.holds
      ? [
          {
            name: `at once: ${row.says}`,
            book: { ...BOOK, allowed: ALLOWED.with(at, { ...row, holds: null }) },
          },
        ]
      : [],
  );
  return [...after, ...allowed];
}

function isCaught({ allowed, refused, after }: Book, questions: readonly Question[]): boolean {
  const rules = [relationOf(allowed, refused), ...rulesOf(after)];
  return questions.some(({ facts, right }) => !right(decideWith(rules, facts)));
}

function fromTable(): readonly Question[] {
  return Object.values(CASES)
    .flat()
    .map(({ given, then }) => ({
      facts: { ...BASE, ...given },
      right: (verdict) =>
        then === (verdict.kind === 'allow' ? 'allow' : `${verdict.kind} ${verdict.rule}`),
    }));
}

/** One town is enough here: the property test asks eight. */
function fromOracle(): readonly Question[] {
  const index = indexOf(townFrom(SEED));
  return [...lettersOf(index.town, SEED)].map((letter) => {
    const expected = opinion(letter);
    return {
      facts: factsOf(index, letter),
      right: (verdict) =>
        verdict.kind === expected.kind &&
        (verdict.kind === 'allow' || expected.rule === null || expected.rule === verdict.rule),
    };
  });
}
