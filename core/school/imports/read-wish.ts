import { dayAt } from '../../ground/clock.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { linesOf, type RosterLine } from '../../roster/matching/identity.ts';
import type { PlanWish } from '../../roster/planning/plan.ts';
import { yearOf, type Year } from '../../roster/planning/year.ts';
import type { RosterSet } from '../../roster/reading/contract.ts';
import { columnsLeftAside } from '../../roster/reading/left-aside.ts';
import { isClosed } from '../../roster/snapshot.ts';
import type { SchoolRow } from '../../store/schools/contract.ts';
import { schoolById } from '../../store/schools/roster-imports.ts';
import { mappingsOf } from '../../store/schools/roster-sources.ts';
import type { RosterWish, Unusable } from './contract.ts';
import type { RosterParts } from './parts.ts';
import { evidencesOf, type Evidences } from './questions/evidence.ts';

/** What was read of the files, the rows themselves apart. */
export type ReadSet = Omit<RosterSet, 'kind' | 'rows' | 'unsettled'>;

/** A wish read and dated. */
export interface DatedWish {
  readonly kind: 'dated';
  readonly school: SchoolRow;
  readonly set: ReadSet;
  readonly year: Exclude<Year, { kind: 'wrong-year' }>;
  readonly wish: PlanWish;
  /** What tells the people of the files apart, should somebody be asked. */
  readonly evidence: Evidences;
}

/** Reads the files and dates the wish; or says why nothing can be made of it. */
export async function readWish(
  parts: RosterParts,
  asked: RosterWish,
): Promise<DatedWish | Unusable> {
  const { store, secret } = parts;
  const found = await schoolAndYear(parts, asked.school, asked.year);
  if (found.kind !== 'school-and-year') return found;
  const { school, year } = found;
  const set = await parts.files.read('readRosterSet', asked.files, {
    mapping: asked.mapping,
    remembered: await store.read(school.id, mappingsOf),
    school: asked.exported,
    uai: school.uai,
    day: dayAt(parts.clock(), school.timeZone),
  });
  if (set.kind === 'unreadable') return set;
  const toLines = (rows: RosterSet['rows']): RosterLine[] =>
    linesOf(rows, { secret, scope: school.id });
  return {
    kind: 'dated',
    school,
    set,
    year,
    evidence: evidencesOf(set.rows),
    wish: wishFor(asked, {
      lines: toLines(set.rows),
      unsettled: toLines(set.unsettled),
      set,
      day: year.day,
    }),
  };
}

/** The school and what the year means there today. */
export async function schoolAndYear(
  { store, clock }: RosterParts,
  id: SchoolId,
  asked: string,
): Promise<
  | {
      readonly kind: 'school-and-year';
      readonly school: SchoolRow;
      readonly year: DatedWish['year'];
    }
  | Unusable
> {
  const school = await store.readTown((tx) => schoolById(tx, id));
  if (school === null || school.id === 0) return { kind: 'no-school' };
  const year = yearOf(asked, dayAt(clock(), school.timeZone));
  if (year.kind === 'wrong-year') return year;
  if (school.closesOn !== null && isClosed(school, year.day))
    return { kind: 'school-closed', day: school.closesOn };
  return { kind: 'school-and-year', school, year };
}

/** What was read in the files of a school. */
interface LinesRead {
  lines: readonly RosterLine[];
  unsettled: readonly RosterLine[];
  set: ReadSet;
  day: string;
}

/** What was read, with what was decided about it. */
export function wishFor(
  asked: Pick<RosterWish, 'decisions' | 'retyped' | 'arrivals' | 'by'>,
  { lines, unsettled, set, day }: LinesRead,
): PlanWish {
  return {
    lines,
    unsettled,
    refused: set.refused,
    leftAside: set.found.flatMap(({ name, leftAside }) => columnsLeftAside(name, leftAside)),
    classes: set.classes,
    day,
    decisions: asked.decisions,
    retyped: asked.retyped,
    arrivals: asked.arrivals,
    byAgent: asked.by.kind === 'agent',
  };
}
