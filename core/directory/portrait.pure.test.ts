import { expect, it } from 'vitest';
import type { Person, Roster } from '../roster/snapshot.ts';
import { portraitOf } from './portrait.ts';

const DAY = '2026-11-26';

/** What decides about the portrait of an adult. */
interface Adult extends Partial<Pick<Person, 'role' | 'portrait'>> {
  readonly account: number;
  readonly civility: 'Mme' | 'M';
}

/** A school whose adults all teach or help one class. */
function school(adults: readonly Adult[]): { roster: Roster; people: Person[] } {
  const people = adults.map(
    (one) =>
      ({ addressId: one.account, role: 'teacher', portrait: null, ...one }) as unknown as Person,
  );
  const members = people.map(({ addressId }) => ({
    classId: 1,
    person: addressId,
    from: '2026-09-01',
    until: null,
  }));
  const roster = {
    people: new Map(people.map((one) => [one.addressId, one])),
    membersOf: new Map([[1, members]]),
    membershipsOf: new Map(members.map((one) => [one.person, [one]])),
  } as unknown as Roster;
  return { roster, people };
}

const shown = (adults: readonly Adult[], called = ''): readonly string[] => {
  const { roster, people } = school(adults);
  return people.map((person) => portraitOf(person, { called, roster, day: DAY }));
};

it('never shows two adults of a class alike, as long as there are portraits', () => {
  // All three would have the same one by chance.
  const three = [3, 6, 9].map((account) => ({ account, civility: 'Mme' }) as const);
  expect(new Set(shown(three)).size).toBe(3);
  expect(shown(three)[0]).toBe('maitresse');
  // Whoever comes later changes nobody's; who leaves, neither.
  expect(shown([...three, { account: 12, civility: 'Mme' }]).slice(0, 3)).toEqual(shown(three));
});

it('leaves what somebody has chosen to them, whoever came first', () => {
  const [first, chosen] = shown([
    { account: 3, civility: 'Mme' },
    { account: 9, civility: 'Mme', portrait: 'maitresse' },
  ]);
  expect([first, chosen]).toEqual(['atsem', 'maitresse']);
});

it('shows nobody of the family as somebody of the school', () => {
  const guardian = { account: 3, role: 'guardian', civility: 'Mme' } as const;
  expect(shown([guardian], 'Nanou')[0]).toMatch(/^(maman|mamie)$/);
  expect(shown([guardian], 'Papi')).toEqual(['papi']);
  expect(shown([guardian], 'Mémé')).toEqual(['mamie']);
  expect(shown([guardian], 'Pépé Jo')).toEqual(['papi']);
});
