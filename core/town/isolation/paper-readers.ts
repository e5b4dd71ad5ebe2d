import { setImmediate as others } from 'node:timers/promises';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { standingOf } from '../../roster/standing.ts';
import {
  groupPapersRead,
  paperClasses,
  type GroupPaper,
  type PaperClass,
} from '../../school/papers/readers.ts';
import type { BoardReader } from '../../store/reckoning/boards.ts';
import type { ReckonedGroupPaper } from '../../store/reckoning/group-papers.ts';
import { townPeople } from './town-people.ts';

/** Papers as the second reckoning has them. */
interface PapersReckoned {
  readonly rosters: ReadonlyMap<SchoolId, Roster>;
  readonly reckoned: readonly BoardReader[];
  readonly papers: readonly ReckonedGroupPaper[];
  readonly isAsked: (who: AddressId) => boolean;
  readonly now: Date;
}

/**
 * Who reads papers by the service's own word, held against the reckoning, both ways. Those of a
 * class are read by whoever reads its families' board: its teachers, its head, the guardians of its
 * pupils; a group's by its author, the head, and the guardians of those whom it names. A sentence
 * for each who is one too many, or missing.
 */
export async function paperFaults({
  rosters,
  reckoned,
  papers,
  isAsked,
  now,
}: PapersReckoned): Promise<readonly string[]> {
  const may = mayRead(reckoned, papers);
  const bySchool = Map.groupBy(papers, ({ school }) => school);
  const people = townPeople(rosters);
  const faults: string[] = [];
  for (const roster of rosters.values()) {
    await others();
    for (const who of roster.people.keys()) {
      const found = isAsked(who) ? people.person(who) : null;
      if (found === null) continue;
      const there = found.presentIn.flatMap((school) => rosters.get(school) ?? []);
      const standing = standingOf(found, there, now);
      const groups = there.flatMap(({ school }) => bySchool.get(school.id) ?? []);
      const reads = new Set([
        ...paperClasses(standing, there, now).map(nameOf),
        ...groupPapersRead(standing, there, { papers: groups, now }).map(groupName),
      ]);
      const should = may.get(who) ?? new Set();
      for (const one of [...reads].filter((one) => !should.has(one)))
        faults.push(`address ${who} reads ${one}, and isn't to`);
      for (const one of [...should].filter((one) => !reads.has(one)))
        faults.push(`address ${who} is to read ${one}, and doesn't`);
    }
  }
  return faults.slice(0, MOST_FAULTS);
}

/** What each is to read by the reckoning. */
function mayRead(
  reckoned: readonly BoardReader[],
  papers: readonly ReckonedGroupPaper[],
): ReadonlyMap<AddressId, ReadonlySet<string>> {
  const may = new Map<AddressId, Set<string>>();
  const note = (who: AddressId, name: string): void => {
    may.set(who, (may.get(who) ?? new Set()).add(name));
  };
  for (const one of reckoned)
    if (one.readers === 'families' && one.classId !== null) note(one.who, nameOf(one));
  for (const one of papers) for (const who of one.readers) note(who, groupName(one));
  return may;
}

/** So many are named at most. */
const MOST_FAULTS = 100;

const nameOf = ({ school, classId }: PaperClass | BoardReader): string =>
  `papers of class ${classId} of school ${school}`;

const groupName = ({ school, paper }: GroupPaper): string =>
  `paper ${paper} of school ${school}, a group's`;
