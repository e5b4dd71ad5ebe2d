import type { AccountId, AddressId, ClassId, SchoolId } from '../ground/ids.ts';
import {
  isCurrent,
  type Membership,
  type Person,
  type Roster,
  type SchoolClass,
} from '../roster/snapshot.ts';
import type { Directory } from './directory.ts';

/** Somebody with the school where their account lives. */
export interface PersonAtSchool {
  readonly person: Person;
  readonly home: SchoolId;
}

/** Who these addresses are, wherever they live. */
export async function peopleOf(
  directory: Directory,
  ids: Iterable<AddressId>,
): Promise<Map<AddressId, PersonAtSchool>> {
  const wanted = [...new Set(ids)];
  const entries = await directory.byId(wanted, { maxAgeMs: 0 });
  const homes = await directory.rosters(
    [...entries.values()].map(({ school }) => school),
    { maxAgeMs: 0 },
  );
  const found = new Map<AddressId, PersonAtSchool>();
  for (const { id, school } of entries.values()) {
    const person = homes.get(school)?.people.get(id);
    if (person) found.set(id, { person, home: school });
  }
  return found;
}

/** Accounts by the school where they live, for mail events. */
export function byHome(people: Iterable<PersonAtSchool>): Map<SchoolId, AccountId[]> {
  return new Map(
    [...Map.groupBy(people, ({ home }) => home)].map(([home, some]) => [
      home,
      some.map(({ person }) => person.account),
    ]),
  );
}

export function runsOn({ endsOn }: SchoolClass, day: string): boolean {
  return endsOn === null || endsOn >= day;
}

/** The classes of the school that this pupil is in on a day. */
export function pupilClasses(roster: Roster, pupil: AddressId, day: string): ClassId[] {
  return (roster.membershipsOf.get(pupil) ?? []).flatMap((one) => {
    const schoolClass = roster.classes.get(one.classId);
    return one.role === 'pupil' && isCurrent(one, day) && schoolClass && runsOn(schoolClass, day)
      ? [one.classId]
      : [];
  });
}

/** Those of a class who are there on a day, or will be. */
export function presentOrComing(roster: Roster, id: ClassId, day: string): Membership[] {
  return (roster.membersOf.get(id) ?? []).filter(
    ({ from, until }) => until === null || (until >= day && from <= until),
  );
}

/** Everybody in these classes today, and the families of these pupils. */
export function concernedBy(
  roster: Roster,
  {
    classes,
    pupils,
  }: { readonly classes: Iterable<ClassId>; readonly pupils: readonly AddressId[] },
  day: string,
): Set<AddressId> {
  const ids = new Set(pupils);
  for (const id of classes) for (const one of presentOrComing(roster, id, day)) ids.add(one.person);
  for (const pupil of pupils)
    for (const guardian of roster.guardiansOf.get(pupil) ?? []) ids.add(guardian);
  return ids;
}
