import { expect, it } from 'vitest';
import type { AddressId } from '../ground/ids.ts';
import type { Person } from '../roster/snapshot.ts';
import { namesakeOf } from './namesake.ts';

const person = (
  givenName: string,
  familyName: string,
  displayName = `${givenName} ${familyName}`,
): Person =>
  ({
    givenName,
    familyName,
    displayName,
    address: `${givenName}@ecoles.test`.toLowerCase(),
  }) as Person;
const rosterOf = (people: readonly Person[]): ReadonlyMap<AddressId, Person> =>
  new Map(people.map((one, index) => [index as AddressId, one]));
const PEOPLE = rosterOf([
  person('Claire', 'Lefèvre'),
  person('Karine', 'Moreau', 'Maman de Lina'),
  person('Noé', 'Le Bihan'),
]);
const KNOWN = [{ name: 'Camille Arnoux', address: 'camille.arnoux@musee.example' }];

it.each<{ name: string; then: string | null }>([
  { name: 'Claire Lefèvre', then: 'claire@ecoles.test' },
  { name: 'LEFEVRE Claire (École des Tilleuls)', then: 'claire@ecoles.test' },
  { name: 'Clаire Lеfèvrе', then: 'claire@ecoles.test' }, // three Cyrillic letters
  { name: 'Ｃｌａｉｒｅ Lefèvre', then: 'claire@ecoles.test' },
  { name: 'maman de lina', then: 'karine@ecoles.test' },
  { name: 'Bihan Noé le', then: 'noé@ecoles.test' },
  { name: 'camille ARNOUX', then: 'camille.arnoux@musee.example' },
  { name: 'Claire', then: null },
  { name: 'Camille', then: null },
  { name: '', then: null },
  { name: '— ! —', then: null },
])('« $name » from elsewhere is the name of $then', ({ name, then }) => {
  const stranger = { name, address: 'x@evil.example' };
  const found = namesakeOf(stranger, PEOPLE, { correspondents: KNOWN });
  expect(found?.address ?? null).toBe(then);
});

it('is nobody’s namesake under one’s own address', () => {
  const own = { name: 'Camille Arnoux', address: 'Camille.Arnoux@musee.example' };
  expect(namesakeOf(own, PEOPLE, { correspondents: KNOWN })).toBeNull();
});

it('asks those alone who are asked for, and names the first of the roster among several', () => {
  const stranger = { name: 'Claire Lefèvre', address: 'x@evil.example' };
  const twins = rosterOf([
    { ...person('Claire', 'Lefèvre'), address: 'one@ecoles.test', role: 'pupil' },
    { ...person('C.', 'L.', 'Claire Lefèvre'), address: 'two@ecoles.test', role: 'teacher' },
    { ...person('Claire', 'Lefèvre'), address: 'three@ecoles.test', role: 'teacher' },
  ]);
  expect(namesakeOf(stranger, twins)?.address).toBe('one@ecoles.test');
  const isAsked = ({ role }: Person) => role === 'teacher';
  expect(namesakeOf(stranger, twins, { isAsked })?.address).toBe('two@ecoles.test');
});

it('costs a letter the same in a school of ten and of a thousand adults', () => {
  const school = (adults: number) =>
    rosterOf(Array.from({ length: adults }, (_, i) => person(`Prénom${i}`, `Nom${i}`)));
  const stranger = { name: 'Guide du musée', address: 'x@evil.example' };
  const times = [10, 1_000].map((adults) => {
    const people = school(adults);
    namesakeOf(stranger, people);
    const rounds = [1, 2, 3, 4, 5].map(() => {
      const begun = process.cpuUsage();
      for (let i = 0; i < 2_000; i++) namesakeOf(stranger, people);
      const { user, system } = process.cpuUsage(begun);
      return (user + system) / 2_000;
    });
    return Math.min(...rounds);
  });
  console.log(`a namesake among 10: ${times[0]} µs a letter, among 1,000: ${times[1]} µs`);
  expect(times[1]).toBeLessThan(5 * (times[0] ?? 0) + 5);
});
