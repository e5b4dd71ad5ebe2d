import { dayAt, momentOf } from '../../ground/clock.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { isDay } from '../../roster/days.ts';
import type { RosterLine } from '../../roster/matching/identity.ts';
import type { KeptLines, PlanWish } from '../../roster/planning/plan.ts';
import { rollOverDays, type RollOverDays } from '../../roster/planning/year.ts';
import { rehearsalOf, schoolById, setRollOver } from '../../store/schools/roster-imports.ts';
import type { Rehearsal, RosterActor } from './contract.ts';
import type { RosterParts } from './parts.ts';
import { planWish } from './plan-wish.ts';
import { recordAct } from './record-act.ts';

/** A roll-over begins when nobody is at school yet. */
export const ROLL_OVER_AT = '00:05';

/** What it wished for, with all that is said today. */
export const wishIn = ({ wish }: KeptLines): PlanWish => ({
  unsettled: [],
  leftAside: [],
  arrivals: null,
  ...wish,
});

export async function readRehearsal(
  { store, clock, secret }: RosterParts,
  school: SchoolId,
): Promise<Rehearsal | null> {
  return store.town(async (tx) => {
    const own = await schoolById(tx, school);
    const row = await rehearsalOf(await tx.in(school));
    if (own === null || row === null) return null;
    const wish = wishIn(row.lines);
    const planned = await planWish(tx, school, {
      wish: { ...wish, day: laterOf(row.holdsFrom, dayAt(clock(), own.timeZone)) },
      hints: row.lines.hints,
      secret,
    });
    if (planned === null) return null;
    return {
      id: row.id,
      year: row.schoolYear,
      day: row.holdsFrom,
      mayBe: daysLeft(row.schoolYear, own.timeZone, clock()),
      classes: classesOf(wish.lines),
      preview: planned.plan.preview,
      stoppedBy: row.stoppedBy,
    };
  });
}

/** The classes that the lines name, with who is in them. */
function classesOf(lines: readonly RosterLine[]): Rehearsal['classes'] {
  const names = [...new Set(lines.flatMap(classNamesOf))];
  const named = (kind: RosterLine['kind'], className: string): string[] =>
    lines
      .filter((line) => line.kind === kind && classNamesOf(line).includes(className))
      .map(({ givenName, familyName }) => `${givenName} ${familyName}`);
  const namesAdults = lines.some(({ kind }) => kind === 'adult');
  return names.map((name) => ({
    name,
    pupils: named('pupil', name),
    teachers: namesAdults ? named('adult', name) : null,
  }));
}

function classNamesOf(line: RosterLine): readonly string[] {
  if (line.kind === 'adult') return line.classNames;
  return line.kind === 'pupil' && line.className !== null ? [line.className] : [];
}

function laterOf(one: string, other: string): string {
  return one > other ? one : other;
}

export async function moveRollOver(
  { store, clock }: RosterParts,
  school: SchoolId,
  { day, by }: { readonly day: string; readonly by: RosterActor },
): Promise<boolean> {
  return store.town(async (tx) => {
    const row = await schoolById(tx, school);
    const inSchool = await tx.in(school);
    const rehearsal = await rehearsalOf(inSchool);
    if (row === null || rehearsal === null || !isDay(day)) return false;
    const { from, until } = daysLeft(rehearsal.schoolYear, row.timeZone, clock());
    if (day < from || day > until) return false;
    await setRollOver(inSchool, rehearsal.id, {
      day,
      at: momentOf(day, ROLL_OVER_AT, row.timeZone),
    });
    await recordAct(tx, {
      school,
      by,
      act: 'move-roll-over',
      subject: { import: rehearsal.id, day },
    });
    return true;
  });
}

/** What is left of the days on which it may be. */
function daysLeft(year: string, timeZone: string, now: Date): RollOverDays {
  const { from, until } = rollOverDays(year, timeZone);
  return { from: laterOf(from, dayAt(now, timeZone)), until };
}
