import type { SchoolId } from '../ground/ids.ts';
import type { AddressEntry, Roster } from './snapshot.ts';
import type { PersonStanding } from './standing.ts';

/**
 * Whether an agent has somebody, or a list, in their area: one of the whole town everybody; one of
 * some communes whoever belongs to a school there, its lists, and the other agents. Nobody else has
 * an area. Null is whoever has no account.
 */
export function covers(
  { person: { role, communes } }: Pick<PersonStanding, 'person'>,
  other: Pick<PersonStanding, 'person' | 'schools'> | Pick<AddressEntry, 'school'> | null,
  rosters: ReadonlyMap<SchoolId, Pick<Roster, 'school'>>,
): boolean {
  if (role !== 'agent') return false;
  if (communes === null) return true;
  if (other === null) return false;
  if ('person' in other && other.person.role === 'agent') return true;
  const schools = 'person' in other ? [...other.schools] : [other.school];
  return schools.some((school) => {
    const commune = rosters.get(school)?.school.commune ?? null;
    return commune !== null && communes.includes(commune);
  });
}
