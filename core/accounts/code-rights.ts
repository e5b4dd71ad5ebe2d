import type { AccountId, AddressId, ClassId, SchoolId, Viewer } from '../core.ts';
import type { Directory } from '../roster/directory.ts';
import { dayAt, isCurrent, type Person, type Roster, type SchoolClass } from '../roster/snapshot.ts';
import { standingOf } from '../roster/standing.ts';

export interface RosterAsked {
  readonly directory: Directory;
  readonly clock: () => Date;
}

export interface OwnClass {
  readonly school: SchoolId;
  readonly roster: Roster;
  readonly schoolClass: SchoolClass;
  /** False for a head who doesn't teach it. */
  readonly teaches: boolean;
}

/** The classes whose codes somebody may make, today: those they teach, all of a school for its head; nobody else's. */
export async function classesOf({ directory, clock }: RosterAsked, viewer: Viewer): Promise<OwnClass[]> {
  if (viewer.role === 'pupil' || viewer.role === 'guardian') return [];
  const own = (await directory.byId([viewer.addressId], { maxAgeMs: 0 })).get(viewer.addressId);
  const rosters = await directory.rosters([viewer.school, ...(own?.presentIn ?? [])], { maxAgeMs: 0 });
  const person = rosters.get(viewer.school)?.people.get(viewer.addressId);
  if (!person || person.state !== 'active') return [];
  const standing = standingOf(person, viewer.school, [...rosters.values()], clock());
  return [...rosters].flatMap(([school, roster]) => {
    const all = standing.posts.get(school) === 'head';
    const day = dayAt(clock(), roster.school.timeZone);
    return [...roster.classes.values()]
      .filter((one) => (all || standing.teacherOf.has(one.id)) && (one.endsOn === null || one.endsOn >= day))
      .map((schoolClass) => ({ school, roster, schoolClass, teaches: standing.teacherOf.has(schoolClass.id) }));
  });
}

/** One of them, or null: not there and not theirs are one answer. */
export async function ownClass(asked: RosterAsked, viewer: Viewer, classId: ClassId): Promise<OwnClass | null> {
  return (await classesOf(asked, viewer)).find(({ schoolClass }) => schoolClass.id === classId) ?? null;
}

/** Who is in a class today and lives in its school, in the order of their names. */
export function membersNow(roster: Roster, classId: ClassId, options: { readonly role: 'pupil' | 'teacher'; readonly now: Date }): Person[] {
  const day = dayAt(options.now, roster.school.timeZone);
  const ids = new Set((roster.membersOf.get(classId) ?? []).filter((one) => one.role === options.role && isCurrent(one, day)).map(({ person }) => person));
  return [...ids].flatMap((id) => roster.people.get(id) ?? []).filter(({ state }) => state === 'active').sort(byName);
}

const collator = new Intl.Collator('fr');

function byName(one: Person, other: Person): number {
  return collator.compare(one.givenName, other.givenName) || collator.compare(one.familyName, other.familyName);
}

/** Ids of a class's teachers, wherever they live. */
export function teacherIds(roster: Roster, classId: ClassId, now: Date): AddressId[] {
  const day = dayAt(now, roster.school.timeZone);
  return [...new Set((roster.membersOf.get(classId) ?? []).filter((one) => one.role === 'teacher' && isCurrent(one, day)).map(({ person }) => person))];
}

export function personOf(people: readonly Person[], account: AccountId): Person | undefined {
  return people.find((one) => one.account === account);
}
