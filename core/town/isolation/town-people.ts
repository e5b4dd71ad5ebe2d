import { randomInt } from 'node:crypto';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { Person, Roster } from '../../roster/snapshot.ts';

/** Everybody of the town, by what its rosters say of them. */
export interface TownPeople {
  person(address: AddressId): LocatedPerson | null;
  /** Whoever has anything to do with a school: of it, posted there, in a class, a child there. */
  around(school: SchoolId): ReadonlySet<AddressId>;
  /** People of the town by chance: so many of each role. */
  byChance(ofEach: number): readonly AddressId[];
}

interface LocatedPerson {
  readonly person: Person;
  /** Where their account is. */
  readonly home: SchoolId;
  /** Home, and where they have a post, a class or a child. */
  readonly presentIn: readonly SchoolId[];
}

/** Looks everybody up once. */
export function townPeople(rosters: ReadonlyMap<SchoolId, Roster>): TownPeople {
  const around = new Map(
    [...rosters].map(([school, roster]) => [school, new Set(tiedTo(roster))] as const),
  );
  const present = new Map<AddressId, SchoolId[]>();
  for (const [school, here] of around)
    for (const address of here) {
      const schools = present.get(address) ?? [];
      schools.push(school);
      present.set(address, schools);
    }
  const located = new Map<AddressId, LocatedPerson>();
  for (const [home, { people }] of rosters)
    for (const [address, person] of people)
      located.set(address, { person, home, presentIn: present.get(address) ?? [] });
  const byRole = Map.groupBy(located.keys(), (id) => located.get(id)?.person.role);
  return {
    person: (address) => located.get(address) ?? null,
    around: (school) => around.get(school) ?? new Set(),
    byChance: (ofEach) =>
      [...byRole.values()].flatMap((all) =>
        Array.from({ length: ofEach }).flatMap(() => all[randomInt(all.length)] ?? []),
      ),
  };
}

function* tiedTo(roster: Roster): Iterable<AddressId> {
  yield* roster.people.keys();
  yield* roster.membershipsOf.keys();
  yield* roster.postsOf.keys();
  yield* roster.childrenOf.keys();
  yield* roster.guardiansOf.keys();
  for (const aides of roster.aidesOf.values()) for (const { aide } of aides) yield aide;
}
