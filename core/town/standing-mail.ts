import { TOWN, type SchoolId } from '../ids.ts';
import {
  dropStanding,
  releaseStanding,
  standingRows,
  type WhichRows,
} from '../store/mail/standing-mail.ts';
import { allSchools } from '../store/schools/roster.ts';
import type { SchoolTx, TownTx } from '../store/store.ts';
import type { StandingChoice, StandingLetter, StandingMail, TownActor } from './contract.ts';
import { changing, isActing, noteAct, type TownParts } from './parts.ts';

/** Lines of one school in a list. */
const MOST_OF_A_SCHOOL = 1_000;

export function openStandingMail(parts: TownParts): StandingMail {
  return {
    list: (by) => list(parts, by),
    release: (by, which) =>
      decide(parts, by, { which, act: 'release-outbox', on: releaseStanding }),
    drop: (by, which) => decide(parts, by, { which, act: 'drop-outbox', on: dropStanding }),
  };
}

async function list(parts: TownParts, by: TownActor): Promise<readonly StandingLetter[] | null> {
  if (!(await isActing(parts, by))) return null;
  return parts.store.readTown(async (tx) => {
    const letters: StandingLetter[] = [];
    for (const school of [TOWN, ...(await allSchools(tx))])
      for (const row of await standingRows(await tx.in(school), MOST_OF_A_SCHOOL))
        letters.push({ school, ...row });
    return letters;
  });
}

interface Deciding {
  readonly which: StandingChoice;
  readonly act: string;
  readonly on: (tx: SchoolTx, which: WhichRows) => Promise<number>;
}

/** What is decided of each school's rows stands in the agents' journal, by numbers alone. */
async function decide(
  parts: TownParts,
  by: TownActor,
  { which, act, on }: Deciding,
): Promise<number | null> {
  const done = await changing(parts, by, async (tx, acting) => {
    let count = 0;
    for (const school of await schoolsOf(tx, which)) {
      const here = await on(await tx.in(school), rowsOf(which));
      if (here > 0) await noteAct(tx, acting, { act, school, what: whatOf(which, here) });
      count += here;
    }
    return { kind: 'done', count } as const;
  });
  return done.kind === 'done' ? done.count : null;
}

async function schoolsOf(tx: TownTx, which: StandingChoice): Promise<readonly SchoolId[]> {
  return which.kind === 'one' ? [which.school] : [TOWN, ...(await allSchools(tx))];
}

const rowsOf = (which: StandingChoice): WhichRows =>
  which.kind === 'one' ? { kind: 'row', row: which.row } : which;

const whatOf = (which: StandingChoice, count: number): string =>
  which.kind === 'one' ? `n° ${which.school}-${which.row}` : String(count);
