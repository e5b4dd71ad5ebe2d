import { dayAt } from '../../../ground/clock.ts';
import type { AddressId, ClassId, SchoolId } from '../../../ground/ids.ts';
import { covers } from '../../../roster/agents-area.ts';
import {
  isCurrent,
  type AddressEntry,
  type DatedRosters,
  type Person,
  type Roster,
} from '../../../roster/snapshot.ts';
import type { PersonStanding } from '../../../roster/standing.ts';

/** The members of a list today, by school of the list; the sender is left to the caller. Pure. */
export function membersOf(
  entry: AddressEntry,
  rosters: ReadonlyMap<SchoolId, Roster>,
  now: Date,
): AddressId[] {
  if (entry.kind === 'town')
    return unique(
      [...rosters.values()].flatMap((roster) =>
        [...roster.people.values()].filter(isActive).map(({ addressId }) => addressId),
      ),
    );
  const roster = rosters.get(entry.school);
  if (!roster) return [];
  const day = dayAt(now, roster.school.timeZone);
  switch (entry.kind) {
    case 'class':
      return classMembers(roster, entry.target, day, ['pupil', 'teacher']);
    case 'class-families':
      return guardiansOf(roster, classMembers(roster, entry.target, day, ['pupil']));
    case 'team':
    case 'office':
      return holdersOf(roster, day, ['head', 'teacher', 'staff']);
    case 'headship':
      return holdersOf(roster, day, ['head']);
    case 'pupils':
      return pupilsOf(roster);
    case 'families':
      return guardiansOf(roster, pupilsOf(roster));
    case 'support':
    case 'postmaster':
      return agentsOf(roster).map(({ addressId }) => addressId);
    case 'account':
      return [entry.id];
  }
}

/**
 * Those of a list whom a letter of this sender is for. The town's posts are answered by each agent
 * for whoever is in their area: one of other communes isn't asked for help. Null is whoever has no
 * account.
 */
export function membersFor(
  sender: Pick<PersonStanding, 'person' | 'schools'> | null,
  entry: AddressEntry,
  { rosters, now }: DatedRosters,
): AddressId[] {
  if (entry.kind !== 'support' && entry.kind !== 'postmaster')
    return membersOf(entry, rosters, now);
  const roster = rosters.get(entry.school);
  return (roster ? agentsOf(roster) : [])
    .filter((person) => covers({ person }, sender, rosters))
    .map(({ addressId }) => addressId);
}

const agentsOf = (roster: Roster): Person[] =>
  [...roster.people.values()].filter((person) => person.role === 'agent' && isActive(person));

/** Who holds one of these posts in the school today. */
function holdersOf(roster: Roster, day: string, roles: readonly string[]): AddressId[] {
  return [...roster.postsOf]
    .filter(([, posts]) => posts.some((post) => roles.includes(post.role) && isCurrent(post, day)))
    .map(([id]) => id);
}

function classMembers(
  roster: Roster,
  id: ClassId | null,
  day: string,
  roles: readonly string[],
): AddressId[] {
  const schoolClass = id === null ? undefined : roster.classes.get(id);
  if (!schoolClass || (schoolClass.endsOn !== null && schoolClass.endsOn < day)) return [];
  return unique(
    (roster.membersOf.get(schoolClass.id) ?? [])
      .filter((one) => roles.includes(one.role) && isCurrent(one, day))
      .map(({ person }) => person),
  );
}

function guardiansOf(roster: Roster, pupils: readonly AddressId[]): AddressId[] {
  return unique(pupils.flatMap((pupil) => roster.guardiansOf.get(pupil) ?? []));
}

function pupilsOf(roster: Roster): AddressId[] {
  return [...roster.people.values()]
    .filter((person) => person.role === 'pupil' && isActive(person))
    .map(({ addressId }) => addressId);
}

function isActive(person: Person): boolean {
  return person.state === 'active';
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
