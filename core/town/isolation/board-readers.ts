import { setImmediate as others } from 'node:timers/promises';
import { boardsReadBy } from '../../directory/own-boards.ts';
import type { SchoolId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { standingOf } from '../../roster/standing.ts';
import type { BoardReader } from '../../store/reckoning/boards.ts';
import { townPeople } from './town-people.ts';

/** So many are named; one is enough for a proof that fails. */
const MOST_FAULTS = 100;

/**
 * Who reads a board by the service's own word and not by the reckoning, and the other way round: a
 * sentence each.
 */
export async function wrongReaders(
  rosters: ReadonlyMap<SchoolId, Roster>,
  reckoned: readonly BoardReader[],
  now: Date,
): Promise<readonly string[]> {
  const may = new Set(reckoned.map(keyOf));
  const read = new Set<string>();
  const people = townPeople(rosters);
  for (const roster of rosters.values()) {
    await others();
    for (const who of roster.people.keys())
      for (const key of readingOf(people.person(who), rosters, now)) read.add(key);
  }
  const missing = (some: ReadonlySet<string>, other: ReadonlySet<string>, words: string) =>
    [...some].filter((key) => !other.has(key)).map((key) => `${key} ${words}`);
  return [
    ...missing(read, may, 'by the service alone'),
    ...missing(may, read, 'by the reckoning alone'),
  ].slice(0, MOST_FAULTS);
}

function readingOf(
  found: ReturnType<ReturnType<typeof townPeople>['person']>,
  rosters: ReadonlyMap<SchoolId, Roster>,
  now: Date,
): readonly string[] {
  if (found === null) return [];
  const there = found.presentIn.flatMap((school) => rosters.get(school) ?? []);
  const standing = standingOf(found.person, found.home, there, now);
  const { addressId: who } = found.person;
  return boardsReadBy(standing, there, now).flatMap(({ school, classId, reads }) =>
    reads.map((readers) => keyOf({ school, classId, readers, who })),
  );
}

const keyOf = ({ school, classId, readers, who }: BoardReader): string =>
  `address ${who} reads the board of ${classId === null ? '' : `class ${classId} of `}school ${school} for ${readers}`;
