import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { writeAudit } from '../../store/audit.ts';
import { dropDueRow } from '../../store/due.ts';
import { eraseOrphans } from '../../store/mail/erasing.ts';
import {
  changeReport,
  deleteReport,
  lockReport,
  reportDueAt,
  reportNamed,
  setReportDue,
  writeStep,
  type StoredReport,
} from '../../store/mail/reports.ts';
import type { SchoolTx } from '../../store/store.ts';
import { adultsOf, contactsOf } from './adults.ts';
import { subjectOf } from './journal.ts';
import type { ReportParts } from './parts.ts';
import { nextSchoolDay } from './school-day.ts';
import { tellOnce } from './tell.ts';

/** A closed report is kept for so long, with its letter, for whoever asks later. */
export const KEPT_MONTHS = 3;

/** Until when a report that was closed then is kept. */
export function keptUntil(closedAt: Date): Date {
  const until = new Date(closedAt);
  until.setUTCMonth(until.getUTCMonth() + KEPT_MONTHS);
  return until;
}

/**
 * The clock's word about a report: its adults are told once the child can't take it back any more;
 * each school day that it stays open it goes up, co-teachers, head, the town's contact; and what
 * was closed is erased in the end. Idempotent, and gone on with after a crash.
 */
export async function reportDue(
  parts: ReportParts,
  school: SchoolId,
  id: number,
): Promise<'told' | 'up' | 'erased' | 'waits'> {
  const { found, due } = await parts.store.read(school, async (tx) => ({
    found: await reportNamed(tx, id),
    due: await reportDueAt(tx, id),
  }));
  const now = parts.clock();
  // A task may come twice: what was done has put the next look off.
  if (due === null || due > now) return 'waits';
  // From before reports were more than a notice, or gone: nothing of it is kept.
  if (found === null) return erase(parts, school, id);
  if (found.closedAt !== null) return erase(parts, school, id);
  const roster = (await parts.directory.rosters([school], { maxAgeMs: 0 })).get(school);
  if (roster === undefined) return 'waits';
  return found.level === 0 ? tellFirst(parts, roster, found) : goUp(parts, roster, found);
}

async function erase(parts: ReportParts, school: SchoolId, id: number): Promise<'erased'> {
  await parts.store.write(school, async (tx) => {
    const message = await deleteReport(tx, id);
    if (message !== null) await eraseOrphans(tx, [message]);
  });
  return 'erased';
}

/** All who look after it, at once. */
async function tellFirst(
  parts: ReportParts,
  roster: Roster,
  report: StoredReport,
): Promise<'told'> {
  const { teachers, heads } = await adultsOf(parts, { ...report, school: roster.school.id });
  await tellOnce(parts, { roster, report }, { ids: [...teachers, ...heads], telling: 'new' });
  if (report.forTown)
    await tellOnce(
      parts,
      { roster, report },
      { ids: await contactsOf(parts, report.writer), telling: 'town' },
    );
  await parts.store.write(roster.school.id, async (tx) => {
    const locked = await lockReport(tx, report.id);
    if (locked === null || locked.level > 0) return;
    await rise(tx, { parts, roster, report: locked, level: 1 });
    await writeAudit(tx, locked.child, 'report', subjectOf(locked));
  });
  return 'told';
}

/** Levels of who is told, from the first on. */
const LEVELS = { coTeachers: 2, head: 3, town: 4 } as const;

/** The next level where somebody is there who isn't on it already. */
async function goUp(
  parts: ReportParts,
  roster: Roster,
  report: StoredReport,
): Promise<'up' | 'waits'> {
  const { teachers, heads } = await adultsOf(parts, { ...report, school: roster.school.id });
  const contacts = report.forTown ? [] : await contactsOf(parts, report.writer);
  const next = nextLevel(report, { teachers, heads, contacts });
  if (next === null) {
    await parts.store.write(roster.school.id, (tx) =>
      dropDueRow(tx, { kind: 'report', row: report.id, upTo: parts.clock() }),
    );
    return 'waits';
  }
  const isTown = next.level === LEVELS.town;
  await tellOnce(
    parts,
    { roster, report },
    { ids: next.ids, telling: isTown ? 'town' : 'still-open' },
  );
  await parts.store.write(roster.school.id, async (tx) => {
    const locked = await lockReport(tx, report.id);
    if (locked === null || locked.closedAt !== null || locked.level !== report.level) return;
    await rise(tx, { parts, roster, report: locked, level: next.level });
    if (isTown) await changeReport(tx, report.id, { forTown: true });
    await writeStep(tx, report.id, { at: parts.clock(), by: null, kind: 'up', until: null });
    await writeAudit(tx, null, 'report-up', subjectOf(locked));
  });
  return 'up';
}

interface Adults {
  readonly teachers: readonly AddressId[];
  readonly heads: readonly AddressId[];
  readonly contacts: readonly AddressId[];
}

/**
 * Who is told next, and at which level; null once everybody is. Whoever looks after it already
 * knows, so a level where nobody else stands is passed over.
 */
export function nextLevel(
  { level, takenBy }: Pick<StoredReport, 'level' | 'takenBy'>,
  { teachers, heads, contacts }: Adults,
): { readonly level: number; readonly ids: readonly AddressId[] } | null {
  const others = (ids: readonly AddressId[]): readonly AddressId[] =>
    ids.filter((id) => id !== takenBy);
  const steps = [
    // One teacher alone has no co-teacher: they were told, and have not closed it.
    { level: LEVELS.coTeachers, ids: teachers.length > 1 ? others(teachers) : [] },
    { level: LEVELS.head, ids: others(heads) },
    { level: LEVELS.town, ids: others(contacts) },
  ];
  return steps.find((step) => step.level > level && step.ids.length > 0) ?? null;
}

interface Rising {
  readonly parts: ReportParts;
  readonly roster: Roster;
  readonly report: StoredReport;
  readonly level: number;
}

/** Everybody of this level is told by now; of the next one nobody. */
async function rise(tx: SchoolTx, { parts, roster, report, level }: Rising): Promise<void> {
  await changeReport(tx, report.id, { level, told: [] });
  await setReportDue(tx, report.id, nextSchoolDay(roster.school, parts.clock()));
}
