import { expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import type { ApplyOutcome } from './contract.ts';
import { csv, guardian, pupil, teacher, wishOf } from './testing/school-files.ts';
import { openSchools, previewOf } from './testing/schools.ts';

/**
 * Lines that can't be used, and lines that may mean two people: nobody loses anything by them,
 * nobody gets anything by a guess.
 */
const { rosters, peopleNow, ...schools } = await openSchools(20);
/** The school of the test that runs. */
let current = 0;
const freshSchool = (): number => (current = schools.freshSchool());

const ine = (number: number): string => `${String(1_200_000_000 + current * 1_000 + number)}K`;
/** Names of one school alone: the same children elsewhere would be found there. */
const own = (family: string): string => `${family}${'abcdefghijklmnopqrst'[current - 1]}`;
const classOf = (className: string, family: string) =>
  [...'abcdefghij'].map((letter, at) =>
    pupil(`Enfant${letter} ${own(family)}`, className, {
      ine: at % 2 === 0 ? ine(at) : null,
      birthDate: `2018-05-${String(at + 1).padStart(2, '0')}`,
    }),
  );
const states = async (school: number, role: string) =>
  (await peopleNow(school, role)).map(({ name, state, classes }) =>
    `${name} ${state} ${classes.join()}`.trim(),
  );
const names = (lines: readonly { readonly name: string }[]): string[] =>
  lines.map(({ name }) => name);

/** A file with cells of one line changed as a person, or a spreadsheet, spoils them. */
function spoilt(
  file: ReturnType<typeof csv.pupils>,
  ...changes: readonly (readonly [from: string, to: string])[]
) {
  let text = file.bytes.toString('latin1');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`no ${from}`);
    text = text.replace(from, to);
  }
  return { ...file, bytes: Buffer.from(text, 'latin1') };
}

interface Spoilt {
  readonly mistake: string;
  readonly spoil: (all: ReturnType<typeof csv.pupils>) => ReturnType<typeof csv.pupils>;
  readonly reason: string;
  readonly who: string;
}

const { some, rest } = sliced<Spoilt>(4, [
  {
    mistake: 'an impossible birth date, known by the number',
    spoil: (file) => spoilt(file, ['2018-05-01', '2018-02-31']),
    reason: 'birth-date-impossible',
    who: 'Enfanta Bruno',
  },
  {
    mistake: 'an impossible birth date, known by the name alone',
    spoil: (file) => spoilt(file, ['2018-05-02', '2018-02-31']),
    reason: 'birth-date-impossible',
    who: 'Enfantb Bruno',
  },
  {
    mistake: 'a number that a spreadsheet spoilt, known by name and birth date',
    spoil: (file) => spoilt(file, [ine(2), '1,2E+09']),
    reason: 'ine-malformed',
    who: 'Enfantc Bruno',
  },
  {
    mistake: 'a given name that is gone, known by the family name',
    spoil: (file) => spoilt(file, ['Enfantd', '']),
    reason: 'given-name-missing',
    who: 'Enfantd Bruno',
  },
]);
const STAYS =
  'a child whose only line is refused for $mistake stays, with class and mailbox, and the preview says so';
it.each(some)(STAYS, stays);
it.each(rest)(STAYS, SOAKED, stays);

async function stays({ spoil, reason, who }: Spoilt): Promise<void> {
  const school = freshSchool();
  const children = classOf('CP', 'Bruno');
  await rosters.apply(wishOf(school, [csv.pupils(children)]));
  const done = previewOf(
    await rosters.apply(
      wishOf(school, [spoil(csv.pupils(children.slice(0, 9)))], { retyped: null }),
    ),
  );
  expect(done.refused).toMatchObject([{ reason }]);
  // The tenth is in no line of the file: that is who leaves, unless the family name is all that
  // is left of a line.
  const alone = reason === 'given-name-missing';
  expect(names(done.leaves)).toEqual(alone ? [] : [own('Enfantj Bruno')]);
  expect(names(done.kept)).toEqual((alone ? ['Enfantd Bruno', 'Enfantj Bruno'] : [who]).map(own));
  expect(done.kept[0]).toMatchObject({ className: 'CP', at: { file: 'eleves.csv' } });
  expect((await states(school, 'pupil')).find((line) => line.startsWith(own(who)))).toBe(
    `${own(who)} active CP`,
  );
}

it('two children under one number, and a line that somebody leaves out: nobody leaves by that', async () => {
  const school = freshSchool();
  const children = classOf('CE1', 'Collin');
  await rosters.apply(wishOf(school, [csv.pupils(children)]));
  const muddled = previewOf(
    (await rosters.preview(
      wishOf(school, [spoilt(csv.pupils(children), [ine(2), ine(0)])]),
    )) as ApplyOutcome,
  );
  expect(muddled.refused.map(({ reason }) => reason)).toEqual([
    'ine-of-two-pupils',
    'ine-of-two-pupils',
  ]);
  expect([muddled.leaves, names(muddled.kept)]).toEqual([
    [],
    ['Enfanta Collin', 'Enfantc Collin'].map(own),
  ]);
  const reborn = [
    csv.pupils(
      children.map((child, at) => (at === 1 ? { ...child, birthDate: '2017-01-01' } : child)),
    ),
  ];
  const [question] = previewOf(await rosters.apply(wishOf(school, reborn))).questions;
  const left = previewOf(
    await rosters.apply(wishOf(school, reborn, { decisions: { [question?.key ?? '']: 'skip' } })),
  );
  expect([left.leaves, names(left.kept), left.questions]).toEqual([
    [],
    [own('Enfantb Collin')],
    [],
  ]);
});

it('a class whose last lines are refused doesn’t end; a teacher keeps the post, a guardian the tie', async () => {
  const school = freshSchool();
  const [one, two] = [classOf('CM1', 'Dumas'), [pupil('Seule Dumas', 'ULIS', { ine: ine(20) })]];
  const [mother, father] = [
    guardian('Anne Dumas', one.slice(0, 1), 'anne@exemple.fr'),
    guardian('Marc Dumas', one.slice(1, 2), 'marc@exemple.fr'),
  ];
  const team = [
    teacher('Paul Roux', ['CM1'], { email: 'paul@exemple.fr' }),
    teacher('Claire Petit', ['ULIS'], { email: 'claire@exemple.fr' }),
  ];
  const files = [csv.pupils([...one, ...two]), csv.guardians([mother, father]), csv.teachers(team)];
  await rosters.apply(wishOf(school, files));
  const bad = [
    spoilt(csv.pupils([...one, ...two]), [ine(20), '????']),
    spoilt(csv.guardians([mother, father]), ['marc@exemple.fr', 'marc at exemple']),
    spoilt(csv.teachers(team), ['claire@exemple.fr', 'claire at exemple']),
  ];
  const done = previewOf(await rosters.apply(wishOf(school, bad)));
  expect(done.refused.map(({ reason }) => reason).sort()).toEqual([
    'email-malformed',
    'email-malformed',
    'ine-malformed',
  ]);
  expect([done.leaves, done.parted, done.classesEnded]).toEqual([[], [], []]);
  expect(names(done.kept).sort()).toEqual(['Claire Petit', 'Marc Dumas', 'Seule Dumas']);
  expect(await states(school, 'teacher')).toEqual([
    'Claire Petit active ULIS',
    'Paul Roux active CM1',
  ]);
});

it('two lines of one name and one child with two mail addresses are asked about: the same person, or father and son', async () => {
  const school = freshSchool();
  const children = classOf('CP', 'Evrard');
  const files = [
    csv.pupils(children),
    csv.guardians([
      guardian('Jean Evrard', children.slice(0, 1), 'jean@exemple.fr'),
      guardian('Jean Evrard', children.slice(0, 2), 'j.evrard@exemple.fr'),
    ]),
  ];
  const asked = (await rosters.preview(wishOf(school, files))) as ApplyOutcome;
  expect(asked).toMatchObject({
    kind: 'preview',
    preview: {
      stops: [],
      questions: [
        { key: 'responsables.csv:3', options: [{ name: 'Jean Evrard', sameAs: { line: 2 } }] },
      ],
    },
  });
  const [option] = previewOf(asked).questions[0]?.options ?? [];
  expect(
    previewOf(
      await rosters.apply(
        wishOf(school, files, { decisions: { 'responsables.csv:3': option?.address ?? '' } }),
      ),
    ).arrives.filter(({ kind }) => kind === 'guardian'),
  ).toHaveLength(1);
  expect(await states(school, 'guardian')).toEqual(['Jean Evrard active']);
  // One person by now, under both addresses: nothing is left to ask.
  expect(await rosters.apply(wishOf(school, files))).toMatchObject({
    kind: 'nothing',
    preview: { questions: [] },
  });
});

it('the same as two people: each has an account, and next time nobody is asked', async () => {
  const school = freshSchool();
  const children = classOf('CP', 'Faure');
  const files = [
    csv.pupils(children),
    csv.guardians([
      guardian('Jean Faure', children.slice(0, 1), 'jean@exemple.fr'),
      guardian('Jean Faure', children.slice(0, 1), 'j.faure@exemple.fr'),
    ]),
  ];
  expect(
    await rosters.apply(wishOf(school, files, { decisions: { 'responsables.csv:3': 'new' } })),
  ).toMatchObject({ kind: 'applied' });
  expect((await peopleNow(school, 'guardian')).map(({ address }) => address)).toEqual([
    'jean.faure',
    'jean.faure2',
  ]);
  expect(await rosters.apply(wishOf(school, files))).toMatchObject({
    kind: 'nothing',
    preview: { questions: [] },
  });
});

it('a mobile phone is evidence as a mail address is, with the name; a number that many names share, or nobody has, is none', async () => {
  const school = freshSchool();
  const children = classOf('CP', 'Girard');
  const phone = '06 47 11 93 20';
  const by = (email: string, number: string) =>
    csv.guardians([guardian('Anne Girard', children.slice(0, 2), email, number)]);
  await rosters.apply(wishOf(school, [csv.pupils(children), by('anne@exemple.fr', phone)]));
  // Another mail address and the same phone: nobody is asked.
  expect(
    await rosters.apply(
      wishOf(school, [csv.pupils(children), by('anne.girard@exemple.fr', '+33 6 47 11 93 20')]),
    ),
  ).toMatchObject({ kind: 'nothing' });
  // No mail address at all, another child: known by the phone.
  const third = csv.guardians([guardian('Anne Girard', children.slice(0, 3), '', phone)]);
  expect(
    previewOf(await rosters.apply(wishOf(school, [csv.pupils(children), third]))).arrives,
  ).toEqual([]);
  expect(await peopleNow(school, 'guardian')).toHaveLength(1);
  // The same number under another name, or one typed to fill the cell, makes nobody the same.
  const filled = csv.guardians(
    [...'abcd']
      .map((letter, at) =>
        guardian(`Parent${letter} Girard`, children.slice(4 + at, 5 + at), '', '06 47 11 93 21'),
      )
      .concat([
        guardian('Parenta Girard', children.slice(9), '', '06 47 11 93 21'),
        guardian('Luc Girard', children.slice(3, 4), '', phone),
      ]),
  );
  const done = previewOf(await rosters.apply(wishOf(school, [csv.pupils(children), filled])));
  expect(names(done.arrives)).toEqual([
    'Parenta Girard',
    'Parentb Girard',
    'Parentc Girard',
    'Parentd Girard',
    'Parenta Girard',
    'Luc Girard',
  ]);
});
