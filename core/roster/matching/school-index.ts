import type { AddressId, ClassId } from '../../ground/ids.ts';
import type { KnownClass, KnownMembership, KnownPerson, KnownPost, SchoolState } from './state.ts';

type Ties = SchoolState['guardianships'];

/**
 * What is asked of a school for each line of a file, by what it is asked with: a file of thousands
 * is compared with a school of thousands, and everybody else waits meanwhile.
 */
export interface SchoolIndex {
  /** Everybody, by the key of their name. */
  readonly byName: ReadonlyMap<string, readonly KnownPerson[]>;
  /** Everybody, by each half of that key. */
  readonly byFamilyName: ReadonlyMap<string, readonly KnownPerson[]>;
  readonly byGivenName: ReadonlyMap<string, readonly KnownPerson[]>;
  readonly classes: ReadonlyMap<ClassId, KnownClass>;
  /** The class that somebody is in today. */
  readonly classOf: ReadonlyMap<AddressId, KnownClass>;
  /** The posts that somebody has today. */
  readonly postsOf: ReadonlyMap<AddressId, readonly KnownPost[]>;
  readonly tiesOfChild: ReadonlyMap<AddressId, Ties>;
  readonly tiesOfGuardian: ReadonlyMap<AddressId, Ties>;
  /** By `tieOf`. */
  readonly ties: ReadonlyMap<string, Ties[number]>;
}

/** Indexes a school as it is on a day, `YYYY-MM-DD`. */
export function indexOf(state: SchoolState, day: string): SchoolIndex {
  const people = [...state.people.values()];
  const classes = new Map(state.classes.map((one) => [one.id, one]));
  const classOf = new Map<AddressId, KnownClass>();
  for (const [person, [first]] of currentOf(state, day)) {
    const one = first && classes.get(first.classId);
    if (one !== undefined) classOf.set(person, one);
  }
  return {
    byName: Map.groupBy(people, ({ nameKey }) => nameKey),
    byFamilyName: Map.groupBy(people, (person) => halvesOf(person.nameKey).family),
    byGivenName: Map.groupBy(people, (person) => halvesOf(person.nameKey).given),
    classes,
    classOf,
    postsOf: Map.groupBy(
      state.posts.filter((post) => isOn(post, day)),
      ({ person }) => person,
    ),
    tiesOfChild: Map.groupBy(state.guardianships, ({ child }) => child),
    tiesOfGuardian: Map.groupBy(state.guardianships, ({ guardian }) => guardian),
    ties: new Map(state.guardianships.map((tie) => [tieOf(tie.child, tie.guardian), tie])),
  };
}

/** The classes of each person today. */
export function currentOf(
  state: SchoolState,
  day: string,
): ReadonlyMap<AddressId, readonly KnownMembership[]> {
  const running = state.memberships.filter((one) => isOn(one, day));
  return Map.groupBy(running, ({ person }) => person);
}

/** The name of one tie between a child and a guardian. */
export const tieOf = (child: AddressId, guardian: AddressId): string => `${child} ${guardian}`;

/** The halves of a name's key (`nameKeyOf`); an empty one where a line has only the other. */
export function halvesOf(nameKey: string): { readonly family: string; readonly given: string } {
  const [family = '', given = ''] = nameKey.split('|');
  return { family, given };
}

export function isOn(
  dated: { readonly from: string; readonly until: string | null },
  day: string,
): boolean {
  return dated.from <= day && (dated.until === null || dated.until >= day);
}
