import { expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { AddressId, PaperId, SchoolId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { standingOf } from '../../roster/standing.ts';
import { endsItself, NOW, rostersOf } from '../../roster/testing/roster-of-town.ts';
import { paperPeopleOf } from '../../rules/testing/paper-oracle.ts';
import { townFrom, type OracleClass } from '../../rules/testing/town.ts';
import { childrenAsked, signersFor } from './asked-papers.ts';
import { actsOn, desksIn, sees } from './rights.ts';

const SOME = 60;
const MANY = 1_000;
const TODAY = '2026-11-24';
const NEXT_WEEK = new Date('2026-12-01T17:00:00Z');
/** Who asked it stands nowhere in the town. */
const SOMEBODY = 0 as AddressId;

const hasEnded = ({ id, current }: OracleClass): boolean => !current && endsItself(id);

/** The same of rosters, by the numbers of the oracle. */
function peopleIn(rosters: ReadonlyMap<SchoolId, Roster>): ReadonlySet<string> {
  const all = [...rosters.values()];
  const people = new Map(
    all.flatMap((one) => [...one.people].map(([id, person]) => [id, { person }] as const)),
  );
  const found = new Set<string>();
  for (const [home, roster] of rosters)
    for (const person of roster.people.values())
      for (const desk of desksIn(standingOf({ person, home }, all, NOW), all, NOW))
        for (const classId of running(desk.roster)) {
          const row = { author: SOMEBODY, classId };
          if (actsOn(desk, person, row)) found.add(`${classId - 1} acts ${person.addressId - 1}`);
          if (sees(desk, person, row)) found.add(`${classId - 1} sees ${person.addressId - 1}`);
        }
  for (const roster of all)
    for (const classId of running(roster)) {
      const row = { id: 1 as PaperId, classId, withdrawnAt: null };
      const on = { row, now: { until: NEXT_WEEK }, named: [], day: TODAY };
      for (const { person: child } of childrenAsked(roster, on)) {
        const id = child.addressId;
        found.add(`${classId - 1} asks ${id - 1}`);
        const may = signersFor(roster, id, people);
        for (const one of may) found.add(`${classId - 1} answers ${id - 1} ${one.addressId - 1}`);
      }
    }
  return found;
}

const running = ({ classes }: Roster) =>
  [...classes.values()]
    .filter(({ endsOn }) => endsOn === null || endsOn >= TODAY)
    .map(({ id }) => id);

const tried = (from: number, many: number): void => {
  let concerned = 0;
  for (let seed = from; seed < from + many; seed += 1) {
    const town = townFrom(seed);
    const [said, found] = [paperPeopleOf(town, hasEnded), peopleIn(rostersOf(town))];
    const tooMany = [...found].filter((one) => !said.has(one));
    const missing = [...said].filter((one) => !found.has(one));
    expect({ seed, tooMany, missing }).toEqual({ seed, tooMany: [], missing: [] });
    concerned += found.size;
  }
  process.stdout.write(`papers: ${concerned} concerned in ${many} rosters, seeds from ${from}\n`);
};

it('a paper is acted on, seen, asked and answered by nobody else, in rosters of chance', () =>
  tried(1, SOME));
it('and so in a thousand more', SOAKED, () => tried(1_000, MANY));
