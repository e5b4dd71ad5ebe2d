import { setImmediate as others } from 'node:timers/promises';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { standingOf } from '../../roster/standing.ts';
import { paperClasses, type PaperClass } from '../../school/papers/readers.ts';
import type { BoardReader } from '../../store/reckoning/boards.ts';
import { townPeople } from './town-people.ts';

/**
 * Who reads the papers of a class by the service's own word, held against the reckoning, both ways:
 * they are those of its families' board, its teachers, its head and the guardians of its pupils. A
 * sentence for each who is one too many, or missing.
 */
export async function paperFaults({
  rosters,
  reckoned,
  isAsked,
  now,
}: {
  readonly rosters: ReadonlyMap<SchoolId, Roster>;
  readonly reckoned: readonly BoardReader[];
  readonly isAsked: (who: AddressId) => boolean;
  readonly now: Date;
}): Promise<readonly string[]> {
  const may = Map.groupBy(
    reckoned.filter(({ readers, classId }) => readers === 'families' && classId !== null),
    ({ who }) => who,
  );
  const people = townPeople(rosters);
  const faults: string[] = [];
  for (const roster of rosters.values()) {
    await others();
    for (const who of roster.people.keys()) {
      const found = isAsked(who) ? people.person(who) : null;
      if (found === null) continue;
      const there = found.presentIn.flatMap((school) => rosters.get(school) ?? []);
      const standing = standingOf(found.person, found.home, there, now);
      const reads = new Set(paperClasses(standing, there, now).map(nameOf));
      const should = new Set((may.get(who) ?? []).map(nameOf));
      for (const one of [...reads].filter((one) => !should.has(one)))
        faults.push(`address ${who} reads papers of ${one}, and isn't to`);
      for (const one of [...should].filter((one) => !reads.has(one)))
        faults.push(`address ${who} is to read papers of ${one}, and doesn't`);
    }
  }
  return faults.slice(0, MOST_FAULTS);
}

/** So many are named at most. */
const MOST_FAULTS = 100;

const nameOf = ({ school, classId }: PaperClass | BoardReader): string =>
  `class ${classId} of school ${school}`;
