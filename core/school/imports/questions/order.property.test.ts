import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SOAKED } from '../../../../tests/shared/slice.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import type { DoubtAnswer } from '../../../roster/doubts.ts';
import { localOf, numberedLocal } from '../../../roster/names.ts';
import type { RosterFile } from '../../../roster/reading/contract.ts';
import { COMMAND_LINE } from '../contract.ts';
import { csv, guardian, pupil, SECRET, wishOf } from '../testing/school-files.ts';
import { openSchools } from '../testing/schools.ts';
import { answerQuestions } from './answer.ts';
import type { OpenQuestion } from './contract.ts';
import { openQuestions } from './open-questions.ts';

const SEED = 20_261_126;
const RUNS = 1;
const LONG_RUNS = 24;
/** Each town is made so many times, and its questions answered in as many orders. */
const ORDERS = 3;
const MOST_ROUNDS = 30;
const { store, rosters, parts, dumped, peopleNow, ...schools } = await openSchools(
  (RUNS + LONG_RUNS) * ORDERS * 3,
  '2026-10-05T08:00:00Z',
);
/** That the runs did something. */
const did = { questions: 0, pupils: 0, guardians: 0, person: 0, new: 0, skip: 0, later: 0 };

/** A child of one of two names that many have, as last year's file and this year's write them. */
const namesake = fc.record({
  name: fc.constantFrom('Camille Lefèvre', 'Lou Gomes'),
  className: fc.constantFrom('CP', 'CE1'),
  was: fc.constantFrom('here', 'here', 'new'),
});
/** A parent, by one of two names, of some of those children, at one of three mail addresses. */
const parent = fc.record({
  name: fc.constantFrom('Anne Lefèvre', 'Anne Lefèvre', 'Jean Gomes'),
  of: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 2 }),
  email: fc.constantFrom('', 'un', 'un', 'deux', 'deux', 'trois'),
});
const town = fc.record({
  children: fc.array(namesake, { minLength: 3, maxLength: 5 }),
  before: fc.array(parent, { minLength: 0, maxLength: 3 }),
  now: fc.array(parent, { minLength: 4, maxLength: 8 }),
  answers: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 12, maxLength: 12 }),
  orders: fc.array(fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), {
    minLength: ORDERS,
    maxLength: ORDERS,
  }),
});
type Town = typeof town extends fc.Arbitrary<infer One> ? One : never;

it('questions answered in any order give the same town', () => towns(RUNS));
it('and so in many more towns', SOAKED, async () => {
  await towns(LONG_RUNS);
  for (const times of Object.values(did)) expect(times).toBeGreaterThan(1);
});

async function towns(numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(town, async (one) => {
      const towns = [];
      for (const order of one.orders) towns.push(await answered(one, order));
      for (const other of towns.slice(1)) expect(other).toEqual(towns[0]);
    }),
    { seed: SEED, numRuns, endOnFailure: true },
  );
  process.stdout.write(`questions: seed ${SEED}, ${JSON.stringify(did)}\n`);
  expect(did.questions).toBeGreaterThan(1);
}

/** Two files one after another in a school of their own, its questions answered in this order. */
async function answered(one: Town, order: readonly number[]): Promise<unknown> {
  const school = schools.freshSchool();
  const own = (name: string): string => `${name}${letters(school)}`;
  const [before, now] = filesOf(one, own);
  expect((await rosters.apply(wishOf(school, before))).kind).toBe('applied');
  // Lines in doubt of the first file are another subject.
  await answerAll(school, { answers: [5], known: [], order: [0] });
  expect((await rosters.apply(wishOf(school, now, { retyped: null }))).kind).toMatch(
    /applied|nothing/,
  );
  await answerAll(school, { answers: one.answers, known: knownOf(one, own), order });
  return told(school);
}

function filesOf({ children, before, now }: Town, own: (name: string) => string) {
  const others = [...'abcdefgh'].map((letter, at) =>
    pupil(own(`Enfant${letter} Marchand`), 'CP', {
      birthDate: `2018-05-${String(at + 1).padStart(2, '0')}`,
    }),
  );
  const child = (at: number, month: string) =>
    pupil(own(children[at]?.name ?? ''), children[at]?.className ?? 'CP', {
      birthDate: `2018-${month}-${String(at + 1).padStart(2, '0')}`,
    });
  const known = children.flatMap(({ was }, at) => (was === 'here' ? [child(at, '03')] : []));
  const coming = children.map((_child, at) => child(at, '04'));
  const file = (some: Town['now'], of: readonly ReturnType<typeof pupil>[]): RosterFile =>
    csv.guardians([
      guardian(own('Odile Marchand'), others.slice(0, 1), 'odile@exemple.fr'),
      ...some.flatMap(({ name, of: whose, email }) => {
        const theirs = whose.flatMap((at) => of[at] ?? []);
        return theirs.length === 0
          ? []
          : [guardian(own(name), theirs, email === '' ? '' : `${email}@exemple.fr`)];
      }),
    ]);
  return [
    [csv.pupils([...others, ...known]), file(before, known)],
    [csv.pupils([...others, ...coming]), file(now, coming)],
  ] as const;
}

/** The local part that each child of last year's file got; nothing for the others. */
function knownOf({ children }: Town, own: (name: string) => string): readonly string[] {
  const met = new Map<string, number>();
  return children.map(({ name, was }) => {
    if (was !== 'here') return '';
    const number = (met.get(name) ?? 0) + 1;
    met.set(name, number);
    const [givenName = '', ...familyName] = own(name).split(' ');
    return numberedLocal(localOf(givenName, familyName.join(' ')) ?? '', number);
  });
}

/**
 * One question after another until none is left. What each is answered depends on whom it is
 * about alone, and never makes two children one.
 */
async function answerAll(
  school: SchoolId,
  {
    answers,
    known,
    order,
  }: {
    readonly answers: readonly number[];
    readonly known: readonly string[];
    readonly order: readonly number[];
  },
): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const open = await store.read(school, (tx) => openQuestions(SECRET, tx));
    if (open.length === 0) return;
    const question = open[(order[round % order.length] ?? 0) % open.length];
    if (question === undefined) return;
    const answer = answerTo(question, { answers, known, own: letters(school) });
    const { answered: count } = await answerQuestions(parts, school, {
      answers: new Map([[question.id, answer]]),
      by: COMMAND_LINE,
    });
    expect(count).toBe(1);
    did.questions += 1;
    did[question.kind === 'pupil' ? 'pupils' : 'guardians'] += 1;
    did[answer.kind] += 1;
    if (round > 0 && open.length > 1) did.later += 1;
  }
  throw new Error('questions without an end');
}

function answerTo(
  question: OpenQuestion,
  {
    answers,
    known,
    own,
  }: {
    readonly answers: readonly number[];
    readonly known: readonly string[];
    readonly own: string;
  },
): DoubtAnswer {
  const { birthDate = null, email = null, children = [] } = question.evidence ?? {};
  const about = `${question.kind} ${birthDate} ${email} ${children.join()}`.toLowerCase();
  const mark = [...about.replaceAll(own, '')].reduce(
    (sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_009,
    7,
  );
  const said = answers[mark % answers.length] ?? 0;
  if (said === 6) return { kind: 'skip' };
  if (said >= 4 || question.choices.length === 0) return { kind: 'new' };
  // A child of last year by the place in the file, so that no two lines are one child; a parent
  // where there is one to choose: of several, the first is another one in another order.
  const mine = known[Number(birthDate?.slice(-2)) - 1];
  const [only, ...more] = question.choices;
  const parent = more.length === 0 ? only : undefined;
  const choice =
    question.kind === 'pupil'
      ? question.choices.find(({ address }) => address?.startsWith(`${mine}@`))
      : parent;
  return choice === undefined ? { kind: 'new' } : { kind: 'person', choice: choice.id };
}

/**
 * The school by names and addresses, ids and the letters of its own left out. Of parents without
 * the number of a namesake: one who stands on two lines has that of the line that came first.
 */
async function told(school: SchoolId): Promise<unknown> {
  const guardians = await peopleNow(school, 'guardian');
  const people = [...(await peopleNow(school, 'pupil')), ...guardians];
  const isParent = new Set(guardians.map(({ id }) => id));
  const shown = ({ id, address }: (typeof people)[number]): string =>
    isParent.has(id) ? address.replace(/-?\d+$/, '') : address;
  const nameOf = new Map(people.map((one) => [Number(one.id), shown(one)]));
  const plain = (text: string): string => text.replaceAll(letters(school), '');
  const { guardianship = [] } = await dumped(school);
  return {
    people: people
      .map((one) => plain([shown(one), one.name, one.state, ...one.classes].join(' ')))
      .sort(),
    ties: guardianship
      .map((row) => JSON.parse(row) as { child_address_id: number; guardian_address_id: number })
      .map((row) =>
        plain(`${nameOf.get(row.child_address_id)} ${nameOf.get(row.guardian_address_id)}`),
      )
      .sort(),
  };
}

/** Of a school: `xaa`, `xab` and so on. */
function letters(school: SchoolId): string {
  const alphabet = 'abcdefghijklmnopqrstuvw';
  return `x${alphabet[Math.floor(school / alphabet.length)]}${alphabet[school % alphabet.length]}`;
}
