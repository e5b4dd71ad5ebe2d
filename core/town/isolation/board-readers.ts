import { setImmediate as others } from 'node:timers/promises';
import { boardsReadBy } from '../../directory/own-boards.ts';
import { BOARD_DOOR } from '../../ground/doors.ts';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { AddressEntry, Roster } from '../../roster/snapshot.ts';
import { standingOf } from '../../roster/standing.ts';
import type { BoardReader } from '../../store/reckoning/boards.ts';
import { townPeople } from './town-people.ts';
import type { Tried } from './tried.ts';

/** Boards as the second reckoning has them. */
interface BoardsReckoned {
  readonly rosters: ReadonlyMap<SchoolId, Roster>;
  readonly lists: readonly AddressEntry[];
  readonly reckoned: readonly BoardReader[];
  readonly isAsked: (who: AddressId) => boolean;
  readonly now: Date;
}

/**
 * Who reads a board by the service's own word, held against the reckoning, both ways. A board bears
 * the address of the list whose it is: its class's, that of a school's pupils, or the town's.
 */
export async function tryBoards(
  tried: Tried,
  { rosters, lists, reckoned, isAsked, now }: BoardsReckoned,
): Promise<void> {
  const may = Map.groupBy(reckoned, ({ who }) => who);
  const people = townPeople(rosters);
  const ofSchools = new Map(
    lists
      .filter(({ kind }) => kind === 'pupils' || kind === 'town')
      .map(({ school, id }) => [school, id]),
  );
  const addressOf = ({ school, classId }: Pick<BoardReader, 'school' | 'classId'>) =>
    classId === null ? ofSchools.get(school) : rosters.get(school)?.classes.get(classId)?.addressId;
  for (const roster of rosters.values()) {
    await others();
    for (const who of roster.people.keys()) {
      if (!isAsked(who)) continue;
      const reads = readingOf(people.person(who), rosters, now);
      const should = new Map((may.get(who) ?? []).map((one) => [keyOf(one), one]));
      for (const [key, board] of new Map([...reads, ...should]))
        tried.note(
          BOARD_DOOR,
          { from: who, to: addressOf(board) ?? key },
          { decided: reads.has(key), reckoned: should.has(key) },
        );
    }
  }
}

function readingOf(
  found: ReturnType<ReturnType<typeof townPeople>['person']>,
  rosters: ReadonlyMap<SchoolId, Roster>,
  now: Date,
): ReadonlyMap<string, Omit<BoardReader, 'who'>> {
  if (found === null) return new Map();
  const there = found.presentIn.flatMap((school) => rosters.get(school) ?? []);
  const standing = standingOf(found, there, now);
  const read = boardsReadBy(standing, there, now).flatMap(({ school, classId, reads }) =>
    reads.map((readers) => ({ school, classId, readers })),
  );
  return new Map(read.map((one) => [keyOf(one), one]));
}

const keyOf = ({ school, classId, readers }: Omit<BoardReader, 'who'>): string =>
  `${classId === null ? '' : `class ${classId} of `}school ${school}, its ${readers}`;
