import { expect, it } from 'vitest';
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
const PEOPLE = [
  person('Claire', 'Lefèvre'),
  person('Karine', 'Moreau', 'Maman de Lina'),
  person('Noé', 'Le Bihan'),
];
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
  expect(namesakeOf({ name, address: 'x@evil.example' }, PEOPLE, KNOWN)?.address ?? null).toBe(
    then,
  );
});

it('is nobody’s namesake under one’s own address', () => {
  expect(
    namesakeOf({ name: 'Camille Arnoux', address: 'Camille.Arnoux@musee.example' }, PEOPLE, KNOWN),
  ).toBeNull();
});
