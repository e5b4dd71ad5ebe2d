import { expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { boardsReadBy } from '../../directory/own-boards.ts';
import type { SchoolId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { standingOf } from '../../roster/standing.ts';
import { endsItself, NOW, rostersOf } from '../../roster/testing/roster-of-town.ts';
import { boardReadersOf } from '../../rules/testing/board-oracle.ts';
import { townFrom, type OracleClass, type OracleTown } from '../../rules/testing/town.ts';
import { standAt, wallOf } from './own-walls.ts';

const SOME = 60;
const MANY = 1_000;

const hasEnded = ({ id, current }: OracleClass): boolean => !current && endsItself(id);

/** `school class stand person` as a teacher would say it, of whoever reads a class's board. */
function saidOf(town: OracleTown): ReadonlySet<string> {
  const readers = [...boardReadersOf(town, { hasEnded, hasClosed: () => false })].map((one) =>
    one.split(' '),
  );
  return new Set(
    readers.flatMap(([school, id, , person]) => {
      const one = town.classes.find((each) => String(each.id) === id);
      const who = town.people.find((each) => String(each.id) === person);
      if (one === undefined || who === undefined) return [];
      return [`${school} ${id} ${standOf(town, one, who)} ${person}`];
    }),
  );
}

function standOf(
  { guardianships }: OracleTown,
  { current, teachers, pupils }: OracleClass,
  { id, role }: OracleTown['people'][number],
): string {
  if (current && teachers.has(id)) return 'teacher';
  if (role === 'head') return 'head';
  if (pupils.has(id)) return 'child';
  const isFamily = guardianships.some(
    ({ guardian, child, blocked }) => guardian === id && !blocked && pupils.has(child),
  );
  return isFamily ? 'family' : 'aide';
}

/** The same of rosters, each person by the numbers of the oracle. */
function standsIn(rosters: ReadonlyMap<SchoolId, Roster>): ReadonlySet<string> {
  const all = [...rosters.values()];
  const stands = new Set<string>();
  for (const { people, school: home } of all)
    for (const person of people.values()) {
      const who = person.addressId;
      const claims = boardsReadBy(standingOf({ person, home: home.id }, all, NOW), all, NOW);
      for (const some of Map.groupBy(claims, (one) => `${one.school} ${one.classId}`).values()) {
        const [{ school, classId } = { school: home.id, classId: null }] = some;
        const roster = rosters.get(school);
        if (classId === null || roster === undefined) continue;
        const board = {
          reads: new Set(some.flatMap(({ reads }) => reads)),
          posts: new Set(some.flatMap(({ posts }) => posts)),
        };
        const stand = standAt(wallOf(roster, classId, NOW), board, who);
        stands.add(`${school - 1} ${classId - 1} ${stand} ${who - 1}`);
      }
    }
  return stands;
}

const tried = (from: number, many: number): void => {
  let count = 0;
  for (let seed = from; seed < from + many; seed += 1) {
    const town = townFrom(seed);
    const [said, stands] = [saidOf(town), standsIn(rostersOf(town))];
    const wrong = [...stands].filter((one) => !said.has(one));
    const missing = [...said].filter((one) => !stands.has(one));
    expect({ seed, wrong, missing }).toEqual({ seed, wrong: [], missing: [] });
    count += stands.size;
  }
  process.stdout.write(`walls: ${count} stands of ${many} rosters, seeds from ${from}\n`);
};

it('before a wall everybody stands as what they are, in rosters of chance', () => tried(1, SOME));
it('and so in a thousand more', SOAKED, () => tried(1_000, MANY));
