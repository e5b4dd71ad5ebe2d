import { peopleOf, pupilClasses } from '../../directory/people-of.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AccountId, AddressId, ClassId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAgentAct, writeAudit } from '../../store/audit.ts';
import { putBack } from '../../store/mail/reported-copies.ts';
import {
  changeReport,
  lockReport,
  reportNamed,
  setReportDue,
  type StepKind,
  stepsOf,
  type StoredReport,
  writeStep,
} from '../../store/mail/reports.ts';
import { lockSchools } from '../../store/schools/class-links.ts';
import { keepApart, letTogether } from '../../store/schools/kept-apart.ts';
import type { SchoolTx } from '../../store/store.ts';
import { concernsOf, looksAfter } from './adults.ts';
import type { ReportAct, ReportActed, ReportRef } from './contract.ts';
import { keptUntil } from './due.ts';
import { subjectOf } from './journal.ts';
import { MAX_WORD, type ReportParts, type PauseSending } from './parts.ts';

/** Within it the same step by the same adult is one. */
const ONE_STEP_MS = 60_000;
const DONE: ReportActed = { kind: 'done' };
const MISSING: ReportActed = { kind: 'missing' };
const CLOSED: ReportActed = { kind: 'closed' };

/** A report for who looks after it, as it stands now; null: not there, or none of theirs. */
export async function lookedAfter(
  parts: ReportParts,
  viewer: Viewer,
  { school, id }: ReportRef,
): Promise<StoredReport | null> {
  const found = await parts.store.read(school, (tx) => reportNamed(tx, id));
  return found !== null && (await looksAfter(parts, viewer, { school, report: found }))
    ? found
    : null;
}

interface Acting {
  readonly parts: ReportParts;
  readonly rest: PauseSending;
  readonly viewer: Viewer;
  readonly ref: ReportRef;
  readonly found: StoredReport;
}

interface ActedReport {
  readonly viewer: Viewer;
  readonly ref: ReportRef;
  readonly act: ReportAct;
}

/** Does one thing about a report: a step of it, and a line of the journal. */
export async function act(
  parts: ReportParts,
  rest: PauseSending,
  { viewer, ref, act: wish }: ActedReport,
): Promise<ReportActed> {
  const found = await lookedAfter(parts, viewer, ref);
  if (found === null) return MISSING;
  const acting: Acting = { parts, rest, viewer, ref, found };
  switch (wish.kind) {
    case 'taken':
    case 'talked':
    case 'family':
      return stepped(acting, wish.kind, async () => null);
    case 'rest':
      return atRest(acting, wish.back);
    case 'apart':
    case 'together':
      return apartOrTogether(acting, wish.kind);
    case 'closed':
      return close(acting, wish);
  }
}

/**
 * Runs `change` with the report locked, then writes the step down. Who closed it meanwhile was
 * first; `together` alone may be done after.
 */
async function stepped(
  { parts, viewer, ref, found }: Acting,
  kind: StepKind,
  change: (tx: SchoolTx, report: StoredReport) => Promise<{ readonly until?: string } | null>,
): Promise<ReportActed> {
  const done = await parts.store.town(async (town) => {
    await lockSchools(town, [ref.school]);
    const tx = await town.in(ref.school);
    const report = await lockReport(tx, ref.id);
    if (report === null) return MISSING;
    if (report.closedAt !== null && kind !== 'together') return CLOSED;
    if (await isJustDone(tx, { viewer, report, kind, now: parts.clock() })) return DONE;
    const { until = null } = (await change(tx, report)) ?? {};
    const takes = kind === 'taken' || report.takenBy === null;
    if (takes) await changeReport(tx, ref.id, { takenBy: viewer.addressId });
    await writeStep(tx, ref.id, { at: parts.clock(), by: viewer.addressId, kind, until });
    await writeDown(tx, { viewer, report, kind });
    return DONE;
  });
  if (done.kind === 'done') parts.mailEvents.announce(ref.school, [found.account]);
  return done;
}

/**
 * Pressed twice, or a page loaded again: the record of what was done has it once. A rest until
 * another day is another step.
 */
async function isJustDone(
  tx: SchoolTx,
  { viewer, report, kind, now }: WrittenStep & { readonly now: Date },
): Promise<boolean> {
  const last = (await stepsOf(tx, [report.id])).get(report.id)?.at(-1);
  return (
    last?.kind === kind &&
    last.until === null &&
    last.by === viewer.addressId &&
    now.getTime() - last.at.getTime() < ONE_STEP_MS
  );
}

interface WrittenStep {
  readonly viewer: Viewer;
  readonly report: StoredReport;
  readonly kind: StepKind;
}

/** In the journal of the school; an agent's act in the agents' journal too. */
export async function writeDown(
  tx: SchoolTx,
  { viewer, report, kind }: WrittenStep,
): Promise<void> {
  await writeAudit(tx, viewer.addressId, `report-${kind}`, subjectOf(report));
  if (viewer.role === 'agent')
    await writeAgentAct(tx, {
      by: viewer.addressId,
      act: `report-${kind}`,
      school: tx.school,
      reason: '',
    });
}

/** The class through which somebody may put the writer at rest: one that they look after. */
export async function restOf(
  parts: ReportParts,
  viewer: Viewer,
  report: StoredReport,
): Promise<{ readonly class: ClassId; readonly child: AccountId } | null> {
  if (report.writer === null || report.writerRole !== 'pupil') return null;
  const writer = (await peopleOf(parts.directory, [report.writer])).get(report.writer);
  if (writer === undefined) return null;
  const concerns = await concernsOf(parts, viewer);
  const rosters = await parts.directory.rosters(
    concerns.map(({ school }) => school),
    { maxAgeMs: 0 },
  );
  for (const { school, classes } of concerns) {
    const roster = rosters.get(school);
    if (roster === undefined) continue;
    const day = dayAt(parts.clock(), roster.school.timeZone);
    const own = pupilClasses(roster, report.writer, day).find(
      (id) => classes === 'all' || classes.includes(id),
    );
    if (own !== undefined) return { class: own, child: writer.person.account };
  }
  return null;
}

/** The writer's sending, by the same act as on the class's page; then the step. */
async function atRest(acting: Acting, back: string): Promise<ReportActed> {
  const { parts, rest, viewer, found } = acting;
  if (found.closedAt !== null) return CLOSED;
  const whose = await restOf(parts, viewer, found);
  if (whose === null) return MISSING;
  const ruled = await rest(viewer, { ...whose, back });
  return ruled.kind === 'done' ? stepped(acting, 'rest', async () => ({ until: back })) : ruled;
}

/** The two children of a report where a child wrote the letter; null otherwise. */
export function childrenOf({
  child,
  writer,
  writerRole,
}: Pick<StoredReport, 'child' | 'writer' | 'writerRole'>): readonly [AddressId, AddressId] | null {
  return writer !== null && writerRole === 'pupil' ? [child, writer] : null;
}

async function apartOrTogether(acting: Acting, kind: 'apart' | 'together'): Promise<ReportActed> {
  const pair = childrenOf(acting.found);
  if (pair === null) return MISSING;
  const { parts, viewer } = acting;
  const done = await stepped(acting, kind, async (tx) => {
    if (kind === 'together') await letTogether(tx, pair);
    else await keepApart(tx, pair, { by: viewer.addressId, at: parts.clock() });
    return null;
  });
  if (done.kind === 'done') await announcePair(parts, pair);
  return done;
}

/** Whom they may pick changes at once, on pages that are open. */
export async function announcePair(
  { directory, mailEvents }: ReportParts,
  pair: readonly AddressId[],
): Promise<void> {
  for (const { home, person } of (await peopleOf(directory, pair)).values())
    mailEvents.announce(home, [person.account]);
}

function close(
  acting: Acting,
  { word, letter }: Extract<ReportAct, { kind: 'closed' }>,
): Promise<ReportActed> {
  const { parts, viewer, ref } = acting;
  const now = parts.clock();
  return stepped(acting, 'closed', async (tx, report) => {
    await changeReport(tx, ref.id, {
      closedAt: now,
      closedBy: viewer.addressId,
      word: word.trim().slice(0, MAX_WORD),
    });
    await setReportDue(tx, ref.id, keptUntil(now));
    if (letter === 'given-back') await putBack(tx, report.account, report);
    return null;
  });
}
