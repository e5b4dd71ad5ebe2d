import { expect, it } from 'vitest';
import { ANIMALS, animalOf } from '../../core/ground/animals.ts';
import { folded, initials } from '../../core/ground/folding.ts';
import type { TownPlanSchool, TownPlan } from '../../core/roster/town-plan.ts';
import { takeLocal } from './addresses.ts';
import { demoJsonOf } from './demo-json.ts';
import { SIGN_INS } from './hand-written.ts';
import { LETTERS } from './letters.ts';
import { levelsOfSchool } from './levels.ts';
import { planBench, planTown, SMALL_TOWN, type TownSize } from './plan.ts';

const WHOLE_TOWN: TownSize = { schools: 128, pupils: 15_000, teachers: 650, seed: 2026 };
const small = planTown(SMALL_TOWN);
const whole = planTown(WHOLE_TOWN);

const accountsOf = (plan: TownPlan) => plan.schools.flatMap(({ accounts }) => accounts);
const withRole = (plan: TownPlan, ...roles: string[]) =>
  accountsOf(plan).filter(({ role }) => roles.includes(role));
const schoolOf = (plan: TownPlan, slug: string): TownPlanSchool | undefined =>
  plan.schools.find((school) => school.slug === slug);
const pupilsIn = (school: TownPlanSchool, classLocal: string) =>
  school.memberships.filter((one) => one.classLocal === classLocal && one.role === 'pupil');

it('makes the same town of the same size and seed, and another of another seed', () => {
  expect(planTown(SMALL_TOWN)).toEqual(small);
  expect(JSON.stringify(planTown({ ...SMALL_TOWN, seed: 7 }))).not.toBe(JSON.stringify(small));
});

it('makes the small town: three schools, two communes, twelve classes, some with two levels', () => {
  expect(small.schools.filter(({ id }) => id > 0)).toHaveLength(3);
  expect(small.communes).toHaveLength(2);
  const classes = small.schools.flatMap((school) => school.classes);
  expect(classes).toHaveLength(12);
  expect(classes.filter(({ levels }) => levels.length === 2).map(({ name }) => name)).toContain(
    'CE1-CE2',
  );
});

it('makes the whole town: 128 schools in 20 communes, 15,000 pupils, 650 teachers with their heads', () => {
  expect(whole.schools.filter(({ id }) => id > 0)).toHaveLength(128);
  expect(whole.communes).toHaveLength(20);
  expect(withRole(whole, 'pupil')).toHaveLength(15_000);
  expect(withRole(whole, 'teacher', 'head')).toHaveLength(650);
  expect(withRole(whole, 'head')).toHaveLength(128);
});

it.each([
  { town: 'small', plan: small },
  { town: 'whole', plan: whole },
])('in the $town town no address comes twice, and each is one', ({ plan }) => {
  const lists = plan.schools.flatMap((school) => [
    ...school.lists.map(({ local }) => local),
    ...school.classes.flatMap(({ local, familiesLocal }) => [local, familiesLocal]),
  ]);
  const locals = [...accountsOf(plan).map(({ local }) => local), ...lists];
  expect(new Set(locals).size).toBe(locals.length);
  expect(locals.filter((local) => !/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(local))).toEqual([]);
  expect(new Set(plan.schools.map(({ slug }) => slug)).size).toBe(plan.schools.length);
});

it.each([
  { town: 'small', plan: small },
  { town: 'whole', plan: whole },
])(
  'in the $town town every pupil has one class, an animal and a family; every class a teacher',
  ({ plan }) => {
    for (const school of plan.schools) {
      const pupils = school.accounts
        .filter(({ role }) => role === 'pupil')
        .map(({ local }) => local);
      expect(
        school.memberships
          .filter(({ role }) => role === 'pupil')
          .map(({ person }) => person)
          .toSorted(),
      ).toEqual(pupils.toSorted());
      expect(
        pupils.filter((pupil) => !school.guardianships.some(({ child }) => child === pupil)),
      ).toEqual([]);
      expect(
        school.accounts.filter(
          ({ role, face }) =>
            role === 'pupil' && !ANIMALS.some((animal) => animal === animalOf(face).animal),
        ),
      ).toEqual([]);
      for (const { local, cover } of school.classes) {
        expect(
          school.memberships.some((one) => one.classLocal === local && one.role === 'teacher'),
        ).toBe(true);
        expect(cover).toBeGreaterThanOrEqual(1);
        expect(cover).toBeLessThanOrEqual(8);
      }
    }
  },
);

it('names nobody before their own school is there, and knows where else they are', () => {
  const home = new Map<string, number>();
  const everybody = new Map(accountsOf(whole).map((account) => [account.local, account]));
  for (const school of whole.schools) {
    for (const { local } of school.accounts) home.set(local, school.id);
    const named = [
      ...school.memberships.map(({ person }) => person),
      ...school.posts.map(({ person }) => person),
      ...school.guardianships.map(({ guardian }) => guardian),
    ];
    expect(named.filter((person) => !home.has(person))).toEqual([]);
    const elsewhere = named.filter((person) => home.get(person) !== school.id);
    expect(
      elsewhere.filter((person) => !everybody.get(person)?.presentIn.includes(school.id)),
    ).toEqual([]);
  }
});

it('gives the class of every example one child for each animal, once the child who leaves has left', () => {
  const school = schoolOf(small, 'tilleuls');
  const stay = school
    ? pupilsIn(school, 'ce1-a.tilleuls').filter(({ person }) => person !== 'jade.morel')
    : [];
  const faces = stay.map(
    ({ person }) => school?.accounts.find(({ local }) => local === person)?.face,
  );
  expect(faces.toSorted()).toEqual([...ANIMALS].toSorted());
});

it('has what the contract asks for: hours, first contact, a link, brothers and sisters, two schools, an aide, a blocked parent, homonyms', () => {
  const schools = small.schools;
  expect(schools.filter(({ opening }) => opening !== null).map(({ slug }) => slug)).toEqual([
    'jules-ferry',
  ]);
  expect(
    schools
      .flatMap(({ classes }) => classes)
      .filter(({ moderation }) => moderation !== 'open')
      .map(({ local }) => local),
  ).toEqual(['cm1-cm2.pasteur']);
  expect(
    small.links[0]?.sides.map(
      ({ school, classLocal, moderated }) => `${school} ${classLocal} ${moderated}`,
    ),
  ).toEqual(['1 ce1-a.tilleuls true', '2 ce1.pasteur false']);
  const children = Map.groupBy(
    schools.flatMap(({ guardianships }) => guardianships),
    ({ guardian }) => guardian,
  );
  expect(children.get('karine.moreau')?.map(({ child }) => child)).toEqual([
    'lina.moreau',
    'tom.moreau',
  ]);
  expect(schools[1]?.posts.filter(({ person }) => person === 'nadege.colas')).toHaveLength(1);
  expect(schools[2]?.posts.some(({ person }) => person === 'nadege.colas')).toBe(true);
  expect(schools[1]?.accompaniments).toEqual([{ pupil: 'theo.jourdain', aide: 'anne.kermadec' }]);
  expect(
    schools
      .flatMap(({ guardianships }) => guardianships)
      .filter(({ blocked }) => blocked)
      .map(({ child, guardian }) => `${guardian} of ${child}`),
  ).toEqual(['marc.jourdain of theo.jourdain']);
  expect(
    accountsOf(small)
      .filter(({ displayName }) => displayName === 'Lucas Martin')
      .map(({ local }) => local),
  ).toEqual(['lucas.martin', 'lucas.martin2']);
  expect(schools[0]?.lists.map(({ local, kind }) => `${local} ${kind}`)).toEqual([
    'ville town',
    'support support',
    'postmaster postmaster',
    'abuse postmaster',
  ]);
});

it('gives the three sign-ins to try neither hours nor first contact', () => {
  const tilleuls = schoolOf(small, 'tilleuls');
  expect(
    SIGN_INS.filter((local) => !tilleuls?.accounts.some((account) => account.local === local)),
  ).toEqual([]);
  expect(tilleuls?.opening).toBeNull();
});

it('says in demo.json what scripts rely on', () => {
  const json = demoJsonOf(small, { domain: 'ecoles.preau.test', password: 'p' });
  expect(json.schools.map(({ slug }) => slug)).toEqual(['tilleuls', 'pasteur', 'jules-ferry']);
  expect(
    json.accounts.find(({ address }) => address === 'claire.lefevre@ecoles.preau.test'),
  ).toEqual({
    address: 'claire.lefevre@ecoles.preau.test',
    password: 'p',
    role: 'teacher',
    school: 'tilleuls',
    classes: ['ce1-a.tilleuls@ecoles.preau.test'],
    displayName: 'Claire Lefèvre',
  });
  expect(json.classes).toContainEqual({
    address: 'ce1-ce2.tilleuls@ecoles.preau.test',
    school: 'tilleuls',
    name: 'CE1-CE2',
  });
});

it('writes letters to people who are there, the oldest first', () => {
  const known = new Set([
    ...accountsOf(small).map(({ local }) => local),
    ...small.schools.flatMap(({ lists, classes }) =>
      [...lists, ...classes].map(({ local }) => local),
    ),
  ]);
  expect(
    LETTERS.flatMap(({ from, to }) => [...to, ...(typeof from === 'string' ? [from] : [])]).filter(
      (local) => !known.has(local),
    ),
  ).toEqual([]);
  expect(LETTERS.map(({ daysAgo }) => daysAgo)).toEqual(
    LETTERS.map(({ daysAgo }) => daysAgo).toSorted((a, b) => b - a),
  );
});

it('plans a school for load tools: u1 to uN, all in one class list', () => {
  const [school] = planBench(7, 3).schools;
  expect(school?.accounts.map(({ local, role }) => `${local} ${role}`)).toEqual([
    'u1 staff',
    'u2 staff',
    'u3 staff',
  ]);
  expect(school?.memberships.map(({ classLocal }) => classLocal)).toEqual([
    'classe.bench',
    'classe.bench',
    'classe.bench',
  ]);
});

it.each([
  { size: { schools: 2 }, says: /--schools/ },
  { size: { teachers: 3 }, says: /enseignants/ },
  { size: { pupils: 30 }, says: /élèves/ },
  { size: { pupils: 3_000 }, says: /élèves/ },
])('refuses a town that is none: $size', ({ size, says }) => {
  expect(() => planTown({ ...SMALL_TOWN, ...size })).toThrow(says);
});

it.each([
  { name: 'Éloïse', piece: 'eloise' },
  { name: 'd’Almeida', piece: 'd-almeida' },
  { name: 'de La Tour', piece: 'de-la-tour' },
  { name: 'Jean-Baptiste', piece: 'jean-baptiste' },
  { name: 'N’Diaye', piece: 'n-diaye' },
  { name: 'Özdemir', piece: 'ozdemir' },
  { name: 'Cœur', piece: 'coeur' },
])('folds $name to $piece', ({ name, piece }) => expect(folded(name)).toBe(piece));

it('numbers homonyms from the second on', () => {
  const taken = new Set<string>();
  expect([1, 2, 3].map(() => takeLocal(taken, 'Lucas', 'Martin'))).toEqual([
    'lucas.martin',
    'lucas.martin2',
    'lucas.martin3',
  ]);
});

it.each([
  { given: 'Claire', family: 'Lefèvre', letters: 'CL' },
  { given: 'Élodie', family: 'de La Tour', letters: 'ÉL' },
  { given: 'Anne', family: 'd’Almeida', letters: 'AA' },
])('shows $given $family as $letters', ({ given, family, letters }) =>
  expect(initials(given, family)).toBe(letters),
);

it.each([
  { kind: 'nursery' as const, classes: 2, names: ['PS', 'MS-GS'] },
  { kind: 'elementary' as const, classes: 3, names: ['CP', 'CE1-CE2', 'CM1-CM2'] },
  { kind: 'elementary' as const, classes: 6, names: ['CP A', 'CP B', 'CE1', 'CE2', 'CM1', 'CM2'] },
])('gives a $kind school of $classes classes their levels', ({ kind, classes, names }) => {
  expect(levelsOfSchool(kind, classes).map(({ name }) => name)).toEqual(names);
});
