import { dayAt } from '../../../ground/clock.ts';
import type { AddressId, ClassId, SchoolId } from '../../../ground/ids.ts';
import {
  isCurrent,
  type AddressEntry,
  type Person,
  type Roster,
} from '../../../roster/snapshot.ts';

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
      return classMembers(roster, entry.target as ClassId, day, ['pupil', 'teacher']);
    case 'class-families':
      return guardiansOf(roster, classMembers(roster, entry.target as ClassId, day, ['pupil']));
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
      return [...roster.people.values()]
        .filter((person) => person.role === 'agent' && isActive(person))
        .map(({ addressId }) => addressId);
    case 'account':
      return [entry.id];
  }
}

/** Who holds one of these posts in the school today. */
function holdersOf(roster: Roster, day: string, roles: readonly string[]): AddressId[] {
  return [...roster.postsOf]
    .filter(([, posts]) => posts.some((post) => roles.includes(post.role) && isCurrent(post, day)))
    .map(([id]) => id);
}

function classMembers(
  roster: Roster,
  id: ClassId,
  day: string,
  roles: readonly string[],
): AddressId[] {
  const schoolClass = roster.classes.get(id);
  if (!schoolClass || (schoolClass.endsOn !== null && schoolClass.endsOn < day)) return [];
  return unique(
    (roster.membersOf.get(id) ?? [])
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
