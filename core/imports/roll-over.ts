import type { SchoolId } from '../ids.ts';
import { momentOf } from '../roster/hours.ts';
import { dayAt } from '../roster/snapshot.ts';
import { lockImports } from '../store/schools/import-lock.ts';
import {
  dropRollOver,
  markApplied,
  rehearsalOf,
  schoolById,
  setRollOver,
  stopRollOver,
} from '../store/schools/roster-imports.ts';
import { carryOut } from './carry-out.ts';
import type { RosterParts } from './parts.ts';
import { planWish } from './plan-wish.ts';
import { summaryOf } from './preview-wish.ts';
import { keptLines, ROLL_OVER_AT } from './rehearsal.ts';
import type { Touched } from './settle.ts';

/** What became of a roll-over that was due. */
type RolledOver = 'done' | 'gone' | 'too-early' | 'stopped';

/**
 * Makes next year's roster this year's, on its day: the lines that were kept are held against the
 * school as it is now, all of it in one transaction. What needs a person by then (somebody who
 * became ambiguous, more leaving than was agreed to) stops it, says so on the rehearsal, and the
 * worker looks again. Idempotent: a row that isn't a rehearsal any more is taken off the list.
 */
export async function rollOver(
  parts: RosterParts,
  school: SchoolId,
  id: number,
): Promise<RolledOver> {
  let touched: readonly Touched[] = [];
  const outcome = await parts.store.town(async (tx): Promise<RolledOver> => {
    await lockImports(tx);
    const row = await schoolById(tx, school);
    const inSchool = await tx.in(school);
    const rehearsal = await rehearsalOf(inSchool);
    if (row === null || rehearsal === null || rehearsal.id !== id) {
      await dropRollOver(inSchool, id);
      return 'gone';
    }
    const today = dayAt(parts.clock(), row.timeZone);
    if (today < rehearsal.holdsFrom) {
      await setRollOver(inSchool, id, {
        day: rehearsal.holdsFrom,
        at: momentOf(rehearsal.holdsFrom, ROLL_OVER_AT, row.timeZone),
      });
      return 'too-early';
    }
    const { wish, hints } = keptLines(rehearsal.lines);
    const first = await planWish(tx, school, {
      wish: { ...wish, day: today, retyped: null },
      hints,
    });
    const many = first?.plan.preview.stops.find((stop) => stop.kind === 'many-leave');
    const agreed =
      many !== undefined && wish.retyped !== null && many.leaving <= wish.retyped
        ? many.leaving
        : null;
    const planned = await planWish(tx, school, {
      wish: { ...wish, day: today, retyped: agreed },
      hints,
    });
    if (planned === null || planned.plan.preview.stops.length > 0) {
      await stopRollOver(await tx.in(school), id, planned?.plan.preview.stops ?? []);
      return 'stopped';
    }
    touched = (
      await carryOut(parts, tx, { school: row, planned, id, day: today, by: rehearsal.actor })
    ).touched;
    await markApplied(await tx.in(school), id, {
      at: parts.clock(),
      day: today,
      summary: summaryOf(planned.plan.preview),
    });
    return 'done';
  });
  await parts.settle(touched);
  parts.log.info({ school, act: 'roll-over', import: id, outcome }, 'roster');
  return outcome;
}
