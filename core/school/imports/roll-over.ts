import { dayAt, momentOf } from '../../ground/clock.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { dayAfter } from '../../roster/days.ts';
import type { KeptLines, PlanWish } from '../../roster/planning/plan.ts';
import { isClosed } from '../../roster/snapshot.ts';
import { writeAudit } from '../../store/audit.ts';
import { lockImports } from '../../store/schools/import-lock.ts';
import {
  dropRollOver,
  markApplied,
  rehearsalOf,
  schoolById,
  setRollOver,
  stopRollOver,
} from '../../store/schools/roster-imports.ts';
import type { TownTx } from '../../store/store.ts';
import { carryOut } from './carry-out.ts';
import type { RosterParts } from './parts.ts';
import { planWish, type PlannedWish } from './plan-wish.ts';
import { summaryOf } from './preview-wish.ts';
import { keepNewQuestions } from './questions/keep.ts';
import { ROLL_OVER_AT, wishIn } from './rehearsal.ts';
import type { ChangedClasses } from './settle.ts';

/** What became of a roll-over that was due. */
type RolledOver = 'done' | 'gone' | 'too-early' | 'school-closed' | 'stopped';

/**
 * Makes next year's roster this year's, on its day: the lines that were kept are held against the
 * school as it is now, all of it in one transaction. What needs a person by then (more leaving than
 * was agreed to) stops it, says so on the rehearsal, and the worker looks again; who became
 * ambiguous is asked about. A school that has ended by then isn't peopled anew: each day it is
 * looked at again, should its end be taken back. Idempotent: a row that isn't a rehearsal any more
 * is taken off the list.
 */
export async function rollOver(
  parts: RosterParts,
  school: SchoolId,
  id: number,
): Promise<RolledOver> {
  let touched: readonly ChangedClasses[] = [];
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
    if (isClosed(row, today)) {
      await setRollOver(inSchool, id, {
        day: rehearsal.holdsFrom,
        at: momentOf(dayAfter(today, 1), ROLL_OVER_AT, row.timeZone),
      });
      return 'school-closed';
    }
    const planned = await agreedPlan(parts, tx, { school, lines: rehearsal.lines, today });
    if (planned === null || planned.plan.preview.stops.length > 0) {
      await stopRollOver(await tx.in(school), id, planned?.plan.preview.stops ?? []);
      return 'stopped';
    }
    const done = await carryOut(parts, tx, {
      school: row,
      planned,
      id,
      day: today,
      by: rehearsal.actor,
    });
    ({ touched } = done);
    // The files are long gone: what is asked is told apart by the hashes alone.
    const open = { school: row, plan: planned.plan, importId: id, made: done.made, evidence: {} };
    await keepNewQuestions(parts, tx, open);
    const summary = summaryOf(planned.plan.preview);
    await markApplied(inSchool, id, { at: parts.clock(), day: today, summary });
    await writeAudit(inSchool, rehearsal.actor, 'roll-over', { import: id, ...summary });
    return 'done';
  });
  await parts.settle(touched);
  parts.log.info({ school, act: 'roll-over', import: id, outcome }, 'roster');
  return outcome;
}

interface DueRollOver {
  readonly school: SchoolId;
  readonly lines: KeptLines;
  readonly today: string;
}

/**
 * The plan of today, with the numbers that were typed when it was rehearsed: they hold for fewer
 * people too, never for more.
 */
async function agreedPlan(
  { secret }: RosterParts,
  tx: TownTx,
  { school, lines, today }: DueRollOver,
): Promise<PlannedWish | null> {
  const wish = wishIn(lines);
  const plan = (typed: Pick<PlanWish, 'retyped' | 'arrivals'>): Promise<PlannedWish | null> =>
    planWish(tx, school, { wish: { ...wish, day: today, ...typed }, hints: lines.hints, secret });
  const first = await plan({ retyped: null, arrivals: null });
  const stops = first?.plan.preview.stops ?? [];
  const agreed = (number: number | undefined, typed: number | null): number | null =>
    number !== undefined && typed !== null && number <= typed ? number : null;
  const leave = stops.find((stop) => stop.kind === 'many-leave');
  const arrive = stops.find((stop) => stop.kind === 'many-arrive');
  return plan({
    retyped: agreed(leave?.leaving, wish.retyped),
    arrivals: agreed(arrive?.arriving, wish.arrivals),
  });
}
