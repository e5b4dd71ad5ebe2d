import { dayAt } from '../ground/clock.ts';
import type { AddressId, ClassId, SchoolId } from '../ground/ids.ts';
import type { Role } from '../rules/facts.ts';
import {
  isClosed,
  isCurrent,
  type AccountState,
  type Person,
  type Roster,
  type SchoolClass,
} from './snapshot.ts';

/**
 * Where one person stands in the schools that were looked at, today: what they are a pupil, a
 * teacher, a parent of. Pure: made from roster snapshots and a moment, and the only thing that the
 * facts are made from.
 */
export interface PersonStanding {
  readonly person: Person;
  readonly home: SchoolId;
  /**
   * Whether their account is theirs to use: as it is kept, and `archived` once all their schools
   * have closed. Every way in, out or to them asks this.
   */
  readonly state: AccountState;
  /**
   * Every school where they belong today: home, a post, a class; for a guardian those of their
   * children, and no other: a blocked one belongs nowhere. A teacher whose child is at another
   * school is no colleague there. A school that has closed is nobody's.
   */
  readonly schools: ReadonlySet<SchoolId>;
  readonly pupilOf: ReadonlyMap<ClassId, SchoolClass>;
  readonly teacherOf: ReadonlyMap<ClassId, SchoolClass>;
  readonly aideOf: ReadonlyMap<ClassId, SchoolClass>;
  /** The strongest post by school: head before teacher before staff. */
  readonly posts: ReadonlyMap<SchoolId, 'head' | 'teacher' | 'staff'>;
  /** Schools where their post is marked reachable by all pupils. */
  readonly reachableIn: ReadonlySet<SchoolId>;
  /** Their children, where they are a guardian who isn't blocked. */
  readonly children: ReadonlySet<AddressId>;
  readonly childrensSchools: ReadonlySet<SchoolId>;
  readonly guardians: ReadonlySet<AddressId>;
  readonly aides: ReadonlySet<AddressId>;
}

const STRENGTH = { head: 2, teacher: 1, staff: 0 } as const;

/** Where a person stands in the given rosters. */
export function standingOf(
  { person, home }: Pick<PersonStanding, 'person' | 'home'>,
  rosters: readonly Roster[],
  now: Date,
): PersonStanding {
  const standing: Growing = {
    person,
    home,
    state: person.state,
    schools: new Set<SchoolId>(),
    pupilOf: new Map<ClassId, SchoolClass>(),
    teacherOf: new Map<ClassId, SchoolClass>(),
    aideOf: new Map<ClassId, SchoolClass>(),
    posts: new Map<SchoolId, 'head' | 'teacher' | 'staff'>(),
    reachableIn: new Set<SchoolId>(),
    children: new Set<AddressId>(),
    childrensSchools: new Set<SchoolId>(),
    guardians: new Set<AddressId>(),
    aides: new Set<AddressId>(),
  };
  const closed = rosters.filter(({ school }) => isClosed(school, dayAt(now, school.timeZone)));
  const isHomeClosed = closed.some(({ school }) => school.id === home);
  if (person.role !== 'guardian' && !isHomeClosed) standing.schools.add(home);
  for (const roster of rosters) if (!closed.includes(roster)) addPlaces(standing, roster, now);
  const isSomewhere = standing.schools.size > 0 || standing.childrensSchools.size > 0;
  const wasThere =
    isHomeClosed || closed.some((roster) => hasPlaceIn(roster, { person, home, now }));
  const state = person.state === 'active' && !isSomewhere && wasThere ? 'archived' : person.state;
  return settled({ ...standing, state });
}

const NO_CLASSES: PersonStanding['pupilOf'] = new Map();
const NO_POSTS: PersonStanding['posts'] = new Map();
const NO_SCHOOLS: PersonStanding['schools'] = new Set();
const NOBODY: PersonStanding['children'] = new Set();

/**
 * The same, with one empty set for all that are empty: nearly all are, and of each person of a town
 * they would be a kilobyte.
 */
const settled = ({ person, home, state, ...own }: Growing): PersonStanding => ({
  person,
  home,
  state,
  schools: orNone(own.schools, NO_SCHOOLS),
  pupilOf: orNone(own.pupilOf, NO_CLASSES),
  teacherOf: orNone(own.teacherOf, NO_CLASSES),
  aideOf: orNone(own.aideOf, NO_CLASSES),
  posts: orNone(own.posts, NO_POSTS),
  reachableIn: orNone(own.reachableIn, NO_SCHOOLS),
  children: orNone(own.children, NOBODY),
  childrensSchools: orNone(own.childrensSchools, NO_SCHOOLS),
  guardians: orNone(own.guardians, NOBODY),
  aides: orNone(own.aides, NOBODY),
});

const orNone = <Items extends { readonly size: number }>(own: Items, none: Items): Items =>
  own.size === 0 ? none : own;

function addPlaces(standing: Growing, roster: Roster, now: Date): void {
  const day = dayAt(now, roster.school.timeZone);
  addClasses(standing, roster, day);
  addPosts(standing, roster, day);
  addFamily(standing, roster, day);
}

/** Whether somebody would belong to a school that has closed. */
function hasPlaceIn(
  roster: Roster,
  { person, home, now }: Pick<PersonStanding, 'person' | 'home'> & { readonly now: Date },
): boolean {
  const open = { ...roster, school: { ...roster.school, closesOn: null } };
  const there = standingOf({ person, home }, [open], now);
  return there.childrensSchools.size > 0 || there.schools.has(roster.school.id);
}

type Growing = {
  -readonly [Key in keyof PersonStanding]: PersonStanding[Key] extends ReadonlyMap<
    infer Of,
    infer Item
  >
    ? Map<Of, Item>
    : PersonStanding[Key] extends ReadonlySet<infer Item>
      ? Set<Item>
      : PersonStanding[Key];
};

function addClasses(standing: Growing, roster: Roster, day: string): void {
  for (const membership of roster.membershipsOf.get(standing.person.addressId) ?? []) {
    const schoolClass = roster.classes.get(membership.classId);
    if (
      !schoolClass ||
      !isCurrent(membership, day) ||
      (schoolClass.endsOn !== null && schoolClass.endsOn < day)
    )
      continue;
    standing.schools.add(roster.school.id);
    const classes = { pupil: standing.pupilOf, teacher: standing.teacherOf, aide: standing.aideOf }[
      membership.role
    ];
    classes.set(schoolClass.id, schoolClass);
  }
}

function addPosts(standing: Growing, roster: Roster, day: string): void {
  const school = roster.school.id;
  for (const post of roster.postsOf.get(standing.person.addressId) ?? []) {
    if (!isCurrent(post, day)) continue;
    standing.schools.add(school);
    const held = standing.posts.get(school);
    if (!held || STRENGTH[post.role] > STRENGTH[held]) standing.posts.set(school, post.role);
    if (post.reachableByPupils) standing.reachableIn.add(school);
  }
}

function addFamily(standing: Growing, roster: Roster, day: string): void {
  const self = standing.person.addressId;
  for (const child of roster.childrenOf.get(self) ?? []) {
    if (standing.person.role === 'guardian') standing.schools.add(roster.school.id);
    standing.childrensSchools.add(roster.school.id);
    standing.children.add(child);
  }
  for (const guardian of roster.guardiansOf.get(self) ?? []) standing.guardians.add(guardian);
  for (const accompaniment of roster.aidesOf.get(self) ?? []) {
    if (isCurrent(accompaniment, day)) standing.aides.add(accompaniment.aide);
  }
}

/** The role somebody has towards others of these schools: a teacher here may be the head there. */
export function roleTowards(
  standing: PersonStanding,
  schools: ReadonlySet<SchoolId>,
): Exclude<Role, 'outside' | 'system'> {
  let strongest: 'head' | 'teacher' | 'staff' | null = null;
  for (const [school, role] of standing.posts) {
    if (schools.has(school) && (strongest === null || STRENGTH[role] > STRENGTH[strongest]))
      strongest = role;
  }
  return strongest ?? standing.person.role;
}

/** Whether something is in both, or a key of both. */
export function meet<T>(
  one: Pick<ReadonlySet<T>, 'size' | 'keys'>,
  other: Pick<ReadonlySet<T>, 'size' | 'has'>,
): boolean {
  if (one.size === 0 || other.size === 0) return false;
  for (const item of one.keys()) if (other.has(item)) return true;
  return false;
}

/** The classes that are in both. */
export function inBoth(
  one: ReadonlyMap<ClassId, SchoolClass>,
  other: ReadonlyMap<ClassId, SchoolClass>,
): SchoolClass[] {
  return [...one.values()].filter((schoolClass) => other.has(schoolClass.id));
}
