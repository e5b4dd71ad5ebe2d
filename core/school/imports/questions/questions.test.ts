import { expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../../tests/shared/slice.ts';
import { dayAt } from '../../../ground/clock.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import { DAY_MS } from '../../../ground/spans.ts';
import { dayAfter } from '../../../roster/days.ts';
import type { DoubtAnswer } from '../../../roster/doubts.ts';
import { own } from '../../../store/own.ts';
import { updateSchool } from '../../../store/town/schools.ts';
import { COMMAND_LINE } from '../contract.ts';
import { csv, guardian, pupil, SECRET, teacher, wishOf } from '../testing/school-files.ts';
import { openSchools, previewOf } from '../testing/schools.ts';
import { answerQuestions } from './answer.ts';
import type { OpenQuestion } from './contract.ts';
import { lapseQuestions } from './end.ts';
import { openQuestions, schoolQuestions } from './open-questions.ts';

/** Lines that may mean one of several people wait; the rest of their file is applied. */
const { store, rosters, parts, clock, dumped, peopleNow, ...schools } = await openSchools(
  26,
  '2026-10-05T08:00:00Z',
);

/** A school with ten children whose names are its own. */
function freshSchool() {
  const school = schools.freshSchool();
  const own = (family: string): string => `${family}${'abcdefghijklmnopqrstuvwxyz'[school - 1]}`;
  const children = [...'abcdefghij'].map((letter, at) =>
    pupil(`Enfant${letter} ${own('Marchand')}`, 'CP', {
      birthDate: `2018-05-${String(at + 1).padStart(2, '0')}`,
    }),
  );
  return { school, own, children };
}

const asked = (school: SchoolId): Promise<readonly OpenQuestion[]> =>
  store.read(school, (tx) => openQuestions(SECRET, tx));
const answer = (school: SchoolId, answers: readonly (readonly [number, DoubtAnswer])[]) =>
  answerQuestions(parts, school, { answers: new Map(answers), by: COMMAND_LINE });
const people = async (school: SchoolId, role: string) =>
  (await peopleNow(school, role)).map(({ name, classes }) => `${name} ${classes.join()}`.trim());
const same = (question: OpenQuestion | undefined): DoubtAnswer => ({
  kind: 'person',
  choice: question?.choices[0]?.id ?? -1,
});
const NEW: DoubtAnswer = { kind: 'new' };
const SKIP: DoubtAnswer = { kind: 'skip' };
const idOf = (question: OpenQuestion | undefined): number => question?.id ?? 0;

/** Two lines of one name and one child, with two mail addresses. */
function fatherAndSon() {
  const { school, own, children } = freshSchool();
  const files = [
    csv.pupils(children),
    csv.guardians([
      guardian(`Jean ${own('Evrard')}`, children.slice(0, 1), 'jean@exemple.fr'),
      guardian(`Jean ${own('Evrard')}`, children.slice(0, 2), 'j.evrard@exemple.fr'),
      guardian(`Anne ${own('Rey')}`, children.slice(2, 3), 'anne@exemple.fr'),
    ]),
  ];
  return { school, own, children, files };
}

it('what is certain is applied, what is in doubt waits with what tells the two apart, and a second time changes nothing', async () => {
  const { school, own, children, files } = fatherAndSon();
  expect(await rosters.apply(wishOf(school, files))).toMatchObject({
    kind: 'applied',
    preview: { stops: [], questions: [{ key: 'responsables.csv:3' }] },
  });
  expect(await people(school, 'pupil')).toHaveLength(10);
  expect(await people(school, 'guardian')).toEqual([own('Anne Rey'), own('Jean Evrard')]);
  expect(await asked(school)).toMatchObject([
    {
      kind: 'guardian',
      name: own('Jean Evrard'),
      evidence: {
        email: 'j.evrard@exemple.fr',
        children: [0, 1].map(
          (at) => `${children[at]?.givenName} ${children[at]?.familyName.toUpperCase()}`,
        ),
      },
      choices: [
        {
          name: own('Jean Evrard'),
          evidence: { email: 'jean@exemple.fr' },
          marks: { mail: 'other' },
        },
      ],
      proposed: null,
      expiresAt: new Date(clock.now.getTime() + 60 * DAY_MS),
    },
  ]);
  const before = await dumped(school);
  const [question] = await asked(school);
  expect(await rosters.apply(wishOf(school, files))).toMatchObject({ kind: 'nothing' });
  expect(await dumped(school)).toEqual(before);
  expect(await asked(school)).toMatchObject([
    { id: idOf(question), choices: [{ evidence: { email: 'jean@exemple.fr' } }] },
  ]);
});

it('what the question needs lies sealed: neither name, mail address nor telephone is in the database', async () => {
  const { school, files } = fatherAndSon();
  await rosters.apply(wishOf(school, files));
  const rows = await store.read(school, async (tx) => [
    ...(await own(tx).selectFrom('roster_remainder').selectAll().execute()),
    ...(await own(tx).selectFrom('roster_question').selectAll().execute()),
    ...(await own(tx).selectFrom('roster_import').selectAll().execute()),
  ]);
  expect(rows).toHaveLength(3);
  const text = rows
    .flatMap((row) => Object.values(row))
    .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value)))
    .join('\n');
  expect(text).not.toContain('exemple.fr');
  expect(text.match(/Jean/g)).toHaveLength(1); // he who arrived, in the report
});

interface Said {
  readonly word: string;
  readonly say: (q: OpenQuestion | undefined) => DoubtAnswer;
  readonly fathers: number;
  readonly ties: number;
}

const { some, rest } = sliced<Said>(3, [
  { word: 'the same person', say: same, fathers: 1, ties: 2 },
  { word: 'another person', say: () => NEW, fathers: 2, ties: 3 },
  { word: 'nothing of this line', say: () => SKIP, fathers: 1, ties: 1 },
]);
const CARRIED_OUT = 'an answer is carried out and remembered: $word';
it.each(some)(CARRIED_OUT, isCarriedOut);
it.each(rest)(CARRIED_OUT, SOAKED, isCarriedOut);

async function isCarriedOut({ say, fathers, ties }: Said): Promise<void> {
  const { school, own, children, files } = fatherAndSon();
  await rosters.apply(wishOf(school, files));
  const [question] = await asked(school);
  expect(await answer(school, [[idOf(question), say(question)]])).toMatchObject({
    answered: 1,
    impossible: 0,
  });
  const jeans = (await people(school, 'guardian')).filter((name) => name === own('Jean Evrard'));
  expect(jeans).toHaveLength(fathers);
  expect(await tiesOf(school)).toHaveLength(ties + 1);
  expect(await asked(school)).toEqual([]);
  expect(await remainders(school)).toBe(0);
  expect(await rosters.apply(wishOf(school, files))).toMatchObject({ kind: 'nothing' });
  // The same doubt of another file, with one child more.
  const more = [
    ...children,
    pupil(`Nouveau ${own('Marchand')}`, 'CP', { birthDate: '2018-01-01' }),
  ];
  expect(await rosters.apply(wishOf(school, [csv.pupils(more), ...files.slice(1)]))).toMatchObject({
    kind: 'applied',
    preview: { questions: [], parted: [], arrives: [{ kind: 'pupil' }] },
  });
  expect(await asked(school)).toEqual([]);
}

it('an answer is undone like an import, and the next file asks anew', async () => {
  const { school, files } = fatherAndSon();
  await rosters.apply(wishOf(school, files));
  const before = await dumped(school);
  const [question] = await asked(school);
  const done = await answer(school, [[idOf(question), NEW]]);
  expect(done.import).not.toBeNull();
  expect(await rosters.undo(school, COMMAND_LINE)).toMatchObject({
    kind: 'undone',
    id: done.import,
  });
  expect(await dumped(school)).toEqual(before);
  expect(await asked(school)).toEqual([]);
  await rosters.apply(wishOf(school, files));
  expect(await asked(school)).toHaveLength(1);
});

it('an import that is undone asks no more', SOAKED, async () => {
  const { school, files } = fatherAndSon();
  await rosters.apply(wishOf(school, files));
  await rosters.undo(school, COMMAND_LINE);
  expect([await asked(school), await remainders(school)]).toEqual([[], 0]);
});

it('a child in doubt stays, with class and parents; the parents of the file come with the answer', async () => {
  const { school, own, children } = freshSchool();
  const camille = (birthDate: string) => pupil(`Camille ${own('Lefèvre')}`, 'CP', { birthDate });
  const known = camille('2018-03-01');
  await rosters.apply(
    wishOf(school, [
      csv.pupils([...children, known]),
      csv.guardians([guardian(`Odile ${own('Lefèvre')}`, [known], 'odile@exemple.fr')]),
    ]),
  );
  const next = { ...camille('2018-03-11'), className: 'CE1' };
  const files = [
    csv.pupils([...children, next]),
    csv.guardians([
      guardian(`Odile ${own('Lefèvre')}`, [next], 'odile@exemple.fr'),
      guardian(`Luc ${own('Lefèvre')}`, [next], 'luc@exemple.fr'),
    ]),
  ];
  expect(await rosters.apply(wishOf(school, files))).toMatchObject({
    kind: 'applied',
    preview: { leaves: [], parted: [], movesClass: [], refused: [] },
  });
  const waiting = own('Camille Lefèvre');
  expect((await people(school, 'pupil')).filter((one) => one.startsWith(waiting))).toEqual([
    `${waiting} CP`,
  ]);
  expect(await people(school, 'guardian')).toEqual([own('Odile Lefèvre')]);
  const [question] = await asked(school);
  expect(question).toMatchObject({
    kind: 'pupil',
    choices: [{ family: [own('Odile Lefèvre')], marks: { born: 'other', parents: 'same' } }],
    proposed: { kind: 'person' },
  });
  await answer(school, [[idOf(question), same(question)]]);
  expect((await people(school, 'pupil')).filter((one) => one.startsWith(waiting))).toEqual([
    `${waiting} CE1`,
  ]);
  expect(await people(school, 'guardian')).toEqual([own('Luc Lefèvre'), own('Odile Lefèvre')]);
  expect(await rosters.apply(wishOf(school, files))).toMatchObject({ kind: 'nothing' });
});

it('two lines are never one child: who was chosen is no choice for the other', async () => {
  const { school, own, children } = freshSchool();
  const camille = (birthDate: string) => pupil(`Camille ${own('Lefèvre')}`, 'CP', { birthDate });
  await rosters.apply(
    wishOf(school, [csv.pupils([...children, camille('2018-03-01'), camille('2018-04-01')])]),
  );
  await rosters.apply(
    wishOf(school, [csv.pupils([...children, camille('2018-03-10'), camille('2018-04-10')])]),
  );
  const [first, second] = await asked(school);
  expect([first?.choices.length, second?.choices.length]).toEqual([2, 2]);
  // Both at once: one of them is carried out.
  expect(
    await answer(school, [
      [idOf(first), same(first)],
      [idOf(second), same(second)],
    ]),
  ).toMatchObject({ answered: 1, impossible: 1 });
  const [left] = await asked(school);
  expect(left?.choices.map(({ id }) => id)).toEqual([1]);
  expect(await people(school, 'pupil')).toHaveLength(12);
  // Nobody answers twice.
  expect(await answer(school, [[idOf(first), NEW]])).toMatchObject({ answered: 0, impossible: 1 });
});

it(
  'of a school that has closed nothing is asked or answered, until it opens again',
  SOAKED,
  async () => {
    const { school, files } = fatherAndSon();
    await rosters.apply(wishOf(school, files));
    const [question] = await asked(school);
    const close = (closesOn: string | null) =>
      store.town((tx) => updateSchool(tx, school, { closesOn }));
    const listed = async () => (await schoolQuestions(parts, school)).length;
    const today = dayAt(clock.now, 'Europe/Paris');
    await close(dayAfter(today, 1));
    expect(await listed()).toBe(1);
    await close(today);
    expect(await listed()).toBe(0);
    const before = await dumped(school);
    const tooLate = await answer(school, [[idOf(question), NEW]]);
    expect(tooLate).toMatchObject({ answered: 0, impossible: 1 });
    expect(await dumped(school)).toEqual(before);
    await close(null);
    expect(await listed()).toBe(1);
    expect(await answer(school, [[idOf(question), NEW]])).toMatchObject({ answered: 1 });
  },
);

it('unanswered for sixty days a question lapses: nobody is merged, nobody made, what it needed is erased, the journal says so', async () => {
  const { school, files } = fatherAndSon();
  await rosters.apply(wishOf(school, files));
  const before = await dumped(school);
  const began = clock.now;
  clock.now = new Date(began.getTime() + 59 * DAY_MS);
  expect(await lapseQuestions(parts, school)).toBe(0);
  expect(await asked(school)).toHaveLength(1);
  clock.now = new Date(began.getTime() + 60 * DAY_MS);
  expect(await lapseQuestions(parts, school)).toBe(1);
  expect(await lapseQuestions(parts, school)).toBe(0);
  expect([await asked(school), await remainders(school)]).toEqual([[], 0]);
  expect(await dumped(school)).toEqual(before);
  const acts = await store.read(school, (tx) =>
    own(tx).selectFrom('audit').select(['act', 'subject']).execute(),
  );
  expect(acts).toContainEqual({ act: 'roster-questions-lapsed', subject: { questions: 1 } });
  clock.now = began;
  await rosters.apply(wishOf(school, files));
  expect(await asked(school)).toHaveLength(1);
});

it('a new file takes the place of the questions of the one before; a list of pupils alone leaves those about guardians', async () => {
  const { school, children, files } = fatherAndSon();
  await rosters.apply(wishOf(school, files));
  const [question] = await asked(school);
  const ce1 = children.map((child) => ({ ...child, className: 'CE1' }));
  expect(await rosters.apply(wishOf(school, [csv.pupils(ce1)]))).toMatchObject({ kind: 'applied' });
  expect((await asked(school)).map(({ id }) => id)).toEqual([idOf(question)]);
  await answer(school, [[idOf(question), NEW]]);
  expect(await tiesOf(school)).toHaveLength(4);
  const { school: other, files: theirs, own, children: their } = fatherAndSon();
  await rosters.apply(wishOf(other, theirs));
  const alone = csv.guardians([
    guardian(`Jean ${own('Evrard')}`, their.slice(0, 1), 'jean@exemple.fr'),
  ]);
  await rosters.apply(wishOf(other, [csv.pupils(their), alone], { retyped: 1 }));
  expect(await asked(other)).toEqual([]);
});

it(
  'of two teachers of one name it is asked which one is meant, and neither loses the post meanwhile',
  SOAKED,
  async () => {
    const { school, own, children } = freshSchool();
    const files = (emails: readonly string[], classNames: readonly string[]) => [
      csv.pupils(children),
      csv.teachers(emails.map((email) => teacher(`Anne ${own('Petit')}`, classNames, { email }))),
    ];
    await rosters.apply(wishOf(school, files(['a@exemple.fr', 'b@exemple.fr'], [])));
    expect(await people(school, 'teacher')).toEqual(['Anne Petit', 'Anne Petit'].map(own));
    const now = previewOf(await rosters.apply(wishOf(school, files(['c@exemple.fr'], ['CP']))));
    expect(now.leaves).toEqual([]);
    const [question] = await asked(school);
    expect(question).toMatchObject({ kind: 'adult', choices: [{ id: 0 }, { id: 1 }] });
    await answer(school, [[idOf(question), { kind: 'person', choice: 1 }]]);
    expect(await people(school, 'teacher')).toEqual([own('Anne Petit'), `${own('Anne Petit')} CP`]);
  },
);

async function tiesOf(school: SchoolId) {
  return store.read(school, (tx) => own(tx).selectFrom('guardianship').selectAll().execute());
}

async function remainders(school: SchoolId): Promise<number> {
  const rows = await store.read(school, (tx) =>
    own(tx).selectFrom('roster_remainder').select('import_id').execute(),
  );
  return rows.length;
}
