import { expect, it } from 'vitest';
import { SOAKED } from '../../tests/shared/slice.ts';
import type { SchoolId } from '../ground/ids.ts';
import type { Roster } from '../roster/snapshot.ts';
import { standingOf } from '../roster/standing.ts';
import { endsItself, NOW, rostersOf } from '../roster/testing/roster-of-town.ts';
import { boardReadersOf } from '../rules/testing/board-oracle.ts';
import { townFrom } from '../rules/testing/town.ts';
import { boardsReadBy } from './own-boards.ts';

const SOME = 25;
const MANY = 1_000;

/** The same of rosters, each read by the oracle's numbers of people, classes and schools. */
function readBy(rosters: ReadonlyMap<SchoolId, Roster>): ReadonlySet<string> {
  const all = [...rosters.values()];
  const read = new Set<string>();
  for (const { people, school: home } of all)
    for (const person of people.values()) {
      const standing = standingOf({ person, home: home.id }, all, NOW);
      for (const { school, classId, reads } of boardsReadBy(standing, all, NOW))
        for (const readers of reads)
          read.add(
            `${school - 1} ${classId === null ? '-' : classId - 1} ${readers} ${person.addressId - 1}`,
          );
    }
  return read;
}

const hasEnded = ({ id, current }: { readonly id: number; readonly current: boolean }): boolean =>
  !current && endsItself(id);

/** One school in four has closed. */
const closedIn =
  (seed: number) =>
  (school: number): boolean =>
    (seed + school) % 4 === 0;

/** The same where some schools have closed. */
const closing = (
  rosters: ReadonlyMap<SchoolId, Roster>,
  hasClosed: (school: number) => boolean,
): ReadonlyMap<SchoolId, Roster> =>
  new Map(
    [...rosters].map(([id, roster]) => {
      const closesOn = id > 0 && hasClosed(id - 1) ? '2026-10-01' : null;
      return [id, { ...roster, school: { ...roster.school, closesOn } }];
    }),
  );

const tried = (from: number, many: number): void => {
  let readers = 0;
  for (let seed = from; seed < from + many; seed += 1) {
    const town = townFrom(seed);
    const hasClosed = closedIn(seed);
    const said = boardReadersOf(town, { hasEnded, hasClosed });
    const read = readBy(closing(rostersOf(town), hasClosed));
    const tooMany = [...read].filter((one) => !said.has(one));
    const missing = [...said].filter((one) => !read.has(one));
    expect({ seed, tooMany, missing }).toEqual({ seed, tooMany: [], missing: [] });
    readers += read.size;
  }
  process.stdout.write(`boards: ${readers} readers of ${many} rosters, seeds from ${from}\n`);
};

it('a board has no reader too many and none too few, in rosters of chance', () => tried(1, SOME));
it('and so in a thousand more', SOAKED, () => tried(1_000, MANY));
