import { describe, expect, it } from 'vitest';
import type { SchoolId } from '../ground/ids.ts';
import { doorOf, isWayClosed, type LetterEnds } from './doors.ts';
import type { AddressEntry, Roster } from './snapshot.ts';
import type { PersonStanding } from './standing.ts';

type Role = PersonStanding['person']['role'];

/** Somebody of a school, who belongs to it today. */
const of = (role: Role, school = 1, state: PersonStanding['state'] = 'active') =>
  ({
    person: { role },
    home: school,
    state,
    schools: new Set([school]),
  }) as unknown as PersonStanding;
const list = { school: 3 } as AddressEntry;
const ends = (
  sender: PersonStanding | null,
  reader: PersonStanding | null,
  through: AddressEntry | null = null,
): LetterEnds => ({ sender, reader, list: through });
const said = (given: LetterEnds) => {
  const way = doorOf(given);
  return way && `${way.door}, ${way.school}`;
};

describe('by which door a letter goes', () => {
  it.each([
    ['a stranger', ends(null, of('pupil', 2)), 'stranger-to-pupil, 2'],
    ['to a stranger', ends(of('pupil', 2), null), 'pupil-to-stranger, 2'],
    ['two pupils of one school', ends(of('pupil'), of('pupil')), 'pupil-to-pupil-here, 1'],
    ['of two schools', ends(of('pupil'), of('pupil', 2)), 'pupil-to-pupil-elsewhere, 2'],
    ['a teacher here', ends(of('teacher'), of('pupil')), 'adult-here-to-pupil, 1'],
    ['a head elsewhere', ends(of('head', 2), of('pupil')), 'adult-elsewhere-to-pupil, 1'],
    ['a mother', ends(of('guardian', 2), of('pupil')), 'guardian-to-pupil, 1'],
    ['an agent', ends(of('agent', 0), of('pupil')), 'agent-to-pupil, 1'],
    ['to a teacher', ends(of('pupil', 2), of('teacher')), 'pupil-to-adult, 2'],
    ['to a mother', ends(of('pupil', 2), of('guardian')), 'pupil-to-guardian, 2'],
    ['a leaver', ends(of('teacher', 1, 'suspended'), of('pupil')), 'closed-account, 1'],
    ['a list to pupils', ends(of('teacher'), of('pupil'), list), 'list-to-pupils, 3'],
    ['a pupil to a list', ends(of('pupil'), of('pupil'), list), 'pupil-to-list, 3'],
    ['two adults', ends(of('teacher'), of('guardian')), null],
    ['an adult and a stranger', ends(of('teacher'), null), null],
  ])('%s: %s', (_when, given, door) => expect(said(given)).toBe(door));
});

describe('a way that is closed', () => {
  const rosters = (closedDoors: Roster['school']['closedDoors']) =>
    new Map([[1 as SchoolId, { school: { closedDoors } as Roster['school'] }]]);

  it('is closed for its door, in its school', () => {
    const closed = rosters(['adult-here-to-pupil']);
    expect(isWayClosed(ends(of('teacher'), of('pupil')), closed)).toBe(true);
    expect(isWayClosed(ends(of('pupil'), of('teacher')), closed)).toBe(false);
    expect(isWayClosed(ends(of('teacher', 2), of('pupil', 2)), closed)).toBe(false);
    expect(isWayClosed(ends(of('teacher'), of('pupil')), rosters([]))).toBe(false);
  });

  it('of whoever is outside: approved or not, it is one', () => {
    for (const door of ['stranger-to-pupil', 'correspondent-to-pupil'] as const)
      expect(isWayClosed(ends(null, of('pupil')), rosters([door]))).toBe(true);
  });
});
