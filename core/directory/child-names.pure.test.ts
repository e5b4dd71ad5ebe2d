import { expect, it } from 'vitest';
import type { AccountId, AddressId, ClassId, SchoolId } from '../ground/ids.ts';
import type { Membership, Person, Roster, SchoolClass } from '../roster/snapshot.ts';
import { NOW } from '../roster/testing/roster-of-town.ts';
import { nameForChild } from './child-names.ts';

const CLASS = 1 as ClassId;
const id = (number: number) => number as AddressId;
const LINA = id(1);
const [CLAIRE, HEAD, REPLACEMENT, MOTHER, GRANDFATHER] = [id(10), id(11), id(12), id(20), id(21)];

function person(addressId: AddressId, role: Person['role'], rest: Partial<Person>): Person {
  const { givenName = '', familyName = '' } = rest;
  return {
    addressId,
    address: `p${addressId}@ville.example`,
    account: Number(addressId) as AccountId,
    role,
    givenName,
    familyName,
    displayName: `${givenName} ${familyName}`,
    civility: null,
    face: '',
    portrait: null,
    language: 'fr',
    reads: null,
    level: null,
    communes: null,
    charterAt: null,
    paperAt: null,
    photoAllowed: null,
    state: 'active',
    pausedUntil: null,
    hours: null,
    absence: null,
    ...rest,
  };
}

const teaches = (who: AddressId): Membership => ({
  classId: CLASS,
  person: who,
  role: 'teacher',
  from: '2026-09-01',
  until: null,
});

/** A school of one class, whose children say what `by` says. */
function school(
  by: SchoolClass['teachersCalled'],
  teachers: readonly AddressId[],
  level = 'CE1',
): Roster {
  const lina: Membership = { ...teaches(LINA), role: 'pupil' };
  const members = [lina, ...teachers.map(teaches)];
  const claire = { givenName: 'Claire', familyName: 'Lefèvre', civility: 'Mme' } as const;
  const people = [
    person(LINA, 'pupil', { givenName: 'Lina', familyName: 'Moreau' }),
    person(CLAIRE, 'teacher', claire),
    person(REPLACEMENT, 'teacher', { givenName: 'Inès', familyName: 'Roy', civility: 'Mme' }),
    person(HEAD, 'head', { givenName: 'Mamadou', familyName: 'Diallo' }),
    person(MOTHER, 'guardian', { givenName: 'Karine', familyName: 'Moreau' }),
    person(GRANDFATHER, 'guardian', { givenName: 'Jean', familyName: 'Moreau' }),
  ];
  return {
    school: { id: 1 as SchoolId, timeZone: 'Europe/Paris' },
    people: new Map(people.map((one) => [one.addressId, one])),
    classes: new Map([[CLASS, { id: CLASS, levels: [level], teachersCalled: by }]]),
    membershipsOf: Map.groupBy(members, (one) => one.person),
    membersOf: new Map([[CLASS, members]]),
    guardiansOf: new Map([[LINA, [MOTHER, GRANDFATHER]]]),
    calledBy: new Map([[LINA, new Map([[MOTHER, 'Maman']])]]),
  } as unknown as Roster;
}

it.each<
  readonly [who: AddressId, by: SchoolClass['teachersCalled'], teachers: AddressId[], name: string]
>([
  [CLAIRE, 'name', [CLAIRE], 'Madame Lefèvre'],
  [CLAIRE, 'title', [CLAIRE], 'Maîtresse'],
  [CLAIRE, 'title', [REPLACEMENT], 'Madame Lefèvre'],
  [CLAIRE, 'title', [CLAIRE, REPLACEMENT], 'Madame Lefèvre'],
  [HEAD, 'title', [CLAIRE], 'Mamadou Diallo'],
  [MOTHER, 'name', [CLAIRE], 'Maman'],
  [GRANDFATHER, 'name', [CLAIRE], 'Jean'],
  [LINA, 'name', [CLAIRE], 'Lina'],
])('a child calls %s in a class by %s with teachers %s: %s', (who, by, teachers, name) => {
  const roster = school(by, teachers);
  const shown = roster.people.get(who);
  expect(shown && nameForChild(shown, roster, { addressId: LINA, roster, now: NOW })).toBe(name);
});

it.each<readonly [mother: string, grandfather: string, names: string[]]>([
  ['Maman', 'Papi', ['Maman', 'Papi']],
  ['Maman', 'MAMAN', ['Maman Karine', 'MAMAN Jean']],
  ['Jean', 'Papi', ['Jean', 'Papi']],
])('two of a family never look alike: %s and %s are %j', (mother, grandfather, names) => {
  const chosen = new Map([
    [MOTHER, mother],
    [GRANDFATHER, grandfather],
  ]);
  const roster = { ...school('name', [CLAIRE]), calledBy: new Map([[LINA, chosen]]) };
  const shown = [MOTHER, GRANDFATHER].flatMap((who) => roster.people.get(who) ?? []);
  expect(
    shown.map((one) => nameForChild(one, roster, { addressId: LINA, roster, now: NOW })),
  ).toEqual(names);
});

it('who calls themselves as another of the family is named is told apart by their own name', () => {
  const chosen = new Map([[LINA, new Map([[MOTHER, 'Jean']])]]);
  const roster = { ...school('name', [CLAIRE]), calledBy: chosen };
  const mother = roster.people.get(MOTHER);
  const lina = { addressId: LINA, roster, now: NOW };
  expect(mother && nameForChild(mother, roster, lina)).toBe('Jean Karine');
});

it('a mother of another child is no « Maman »', () => {
  const roster = school('name', [CLAIRE]);
  const mother = roster.people.get(MOTHER);
  const other = { addressId: id(2), roster, now: NOW };
  expect(mother && nameForChild(mother, roster, other)).toBe('Karine');
});

it.each<readonly [who: AddressId, teachers: AddressId[], name: string]>([
  [CLAIRE, [CLAIRE], 'Maîtresse'],
  [CLAIRE, [CLAIRE, REPLACEMENT], 'Maîtresse Claire'],
  [CLAIRE, [REPLACEMENT], 'Madame Lefèvre'],
  [MOTHER, [CLAIRE], 'Maman'],
])('a child who doesn’t read yet calls %s, with teachers %s: %s', (who, teachers, name) => {
  const roster = school('name', teachers, 'GS');
  const shown = roster.people.get(who);
  expect(shown && nameForChild(shown, roster, { addressId: LINA, roster, now: NOW })).toBe(name);
});
