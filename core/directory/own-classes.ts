import { dayAt } from '../ground/clock.ts';
import type { AccountId, AddressId, ClassId, SchoolId } from '../ground/ids.ts';
import { isCurrent, type Person, type Roster, type SchoolClass } from '../roster/snapshot.ts';
import { standingOf } from '../roster/standing.ts';
import type { Viewer } from '../rules/viewer.ts';
import type { Directory } from './directory.ts';
import { peopleOf, type PersonAtSchool } from './people-of.ts';

interface RosterAsked {
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

/**
 * The classes whose codes somebody may make, today: those they teach, all of a school for its head;
 * nobody else's.
 */
export async function classesOf(
  { directory, clock }: RosterAsked,
  viewer: Viewer,
): Promise<OwnClass[]> {
  if (viewer.role === 'pupil' || viewer.role === 'guardian') return [];
  const fresh = { since: performance.now() };
  const own = (await directory.byId([viewer.addressId], fresh)).get(viewer.addressId);
  const rosters = await directory.rosters([viewer.school, ...(own?.presentIn ?? [])], fresh);
  const person = rosters.get(viewer.school)?.people.get(viewer.addressId);
  if (!person) return [];
  const standing = standingOf({ person, home: viewer.school }, [...rosters.values()], clock());
  if (standing.state !== 'active') return [];
  return [...rosters].flatMap(([school, roster]) => {
    const all = standing.posts.get(school) === 'head';
    const day = dayAt(clock(), roster.school.timeZone);
    return [...roster.classes.values()]
      .filter(
        (one) =>
          (all || standing.teacherOf.has(one.id)) && (one.endsOn === null || one.endsOn >= day),
      )
      .map((schoolClass) => ({
        school,
        roster,
        schoolClass,
        teaches: standing.teacherOf.has(schoolClass.id),
      }));
  });
}

/** One of them, or null: not there and not theirs are one answer. */
export async function ownClass(
  asked: RosterAsked,
  viewer: Viewer,
  classId: ClassId,
): Promise<OwnClass | null> {
  return (
    (await classesOf(asked, viewer)).find(({ schoolClass }) => schoolClass.id === classId) ?? null
  );
}

/**
 * Somebody of a class; `home` is the school where their account and their codes lie, which may be
 * another than the class's.
 */
export interface Member {
  readonly home: SchoolId;
  readonly person: Person;
}

/** Who is in a class today, wherever their home is, in the order of their names. */
export async function membersNow(
  { directory, clock }: RosterAsked,
  { roster, schoolClass }: Pick<OwnClass, 'roster' | 'schoolClass'>,
  roles: readonly ('pupil' | 'teacher')[] = ['pupil'],
): Promise<Member[]> {
  const ids = [
    ...new Set(roles.flatMap((role) => currentIds(roster, schoolClass.id, { role, now: clock() }))),
  ];
  const guests = ids.filter((id) => !roster.people.has(id));
  const away = guests.length === 0 ? NOBODY_AWAY : await peopleOf(directory, guests);
  const members = ids.flatMap((id): Member[] => {
    const here = roster.people.get(id);
    const found = here === undefined ? away.get(id) : { home: roster.school.id, person: here };
    return found?.person.state === 'active' ? [found] : [];
  });
  return members.sort(byName);
}

const NOBODY_AWAY: ReadonlyMap<AddressId, PersonAtSchool> = new Map();

const collator = new Intl.Collator('fr');

/** In the order in which a class is called: given names first. */
export function byName({ person: one }: Member, { person: other }: Member): number {
  return (
    collator.compare(one.givenName, other.givenName) ||
    collator.compare(one.familyName, other.familyName)
  );
}

/** Ids of a class's teachers, wherever they live. */
export function teacherIds(roster: Roster, classId: ClassId, now: Date): AddressId[] {
  return currentIds(roster, classId, { role: 'teacher', now });
}

/** Ids of a class's pupils, but those whose account is put away. */
export const pupilIds = (roster: Roster, classId: ClassId, now: Date): readonly AddressId[] =>
  currentIds(roster, classId, { role: 'pupil', now }).filter(
    (id) => roster.people.get(id)?.state !== 'archived',
  );

/** Ids of who is in a class today in this role. */
export function currentIds(
  roster: Roster,
  classId: ClassId,
  { role, now }: { readonly role: 'pupil' | 'teacher'; readonly now: Date },
): AddressId[] {
  const day = dayAt(now, roster.school.timeZone);
  return [
    ...new Set(
      (roster.membersOf.get(classId) ?? [])
        .filter((one) => one.role === role && isCurrent(one, day))
        .map(({ person }) => person),
    ),
  ];
}

/** Ids of accounts are given once in a town. */
export function memberOf(members: readonly Member[], account: AccountId): Member | undefined {
  return members.find(({ person }) => person.account === account);
}
