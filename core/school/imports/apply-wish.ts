import type { CodeSheet } from '../../entry/codes/contract.ts';
import { firstCodes } from '../../entry/codes/first-codes.ts';
import { momentOf } from '../../ground/clock.ts';
import { endedBefore } from '../../roster/given-file.ts';
import type { Preview } from '../../roster/preview.ts';
import type { ColumnMapping } from '../../roster/reading/contract.ts';
import { lockImports } from '../../store/schools/import-lock.ts';
import { writeActs } from '../../store/schools/roster-acts.ts';
import {
  insertImport,
  keepReport,
  replaceRehearsal,
  setRollOver,
  type NewImport,
} from '../../store/schools/roster-imports.ts';
import { rememberMapping, rememberSource } from '../../store/schools/roster-sources.ts';
import type { TownTx } from '../../store/store.ts';
import { carryOut, reportOf, writingFor } from './carry-out.ts';
import type { ApplyOutcome, RosterWish } from './contract.ts';
import type { RosterParts } from './parts.ts';
import { planWish, type PlannedWish } from './plan-wish.ts';
import { sameFile, summaryOf } from './preview-wish.ts';
import { keepNewQuestions, keepQuestions } from './questions/keep.ts';
import { keptOf } from './questions/kept.ts';
import { type DatedWish, readWish } from './read-wish.ts';
import { recordAct } from './record-act.ts';
import { ROLL_OVER_AT } from './rehearsal.ts';
import type { ChangedClasses } from './settle.ts';

export async function applyWish(
  parts: RosterParts,
  asked: RosterWish,
  codes: 'with-codes' | 'without-codes',
): Promise<ApplyOutcome> {
  const dated = await readWish(parts, asked);
  return dated.kind === 'dated'
    ? applyDated(parts, dated, { ...asked, codes, mappingOf: () => asked.mapping })
    : dated;
}

interface Application extends Pick<RosterWish, 'year' | 'by'> {
  /** First codes for those who have none, made in the same transaction. */
  readonly codes: 'with-codes' | 'without-codes';
  /** What was said now of a header that nobody knows, to be remembered. */
  readonly mappingOf: (header: Buffer) => ColumnMapping | null;
}

interface WithItsCommit {
  readonly also?: (tx: TownTx, applied: ApplyOutcome) => Promise<void>;
}

/**
 * Does it in one transaction, in which `also` may write down what depends on it; or nothing of it.
 */
export async function applyDated(
  parts: RosterParts,
  dated: DatedWish,
  { also, ...asked }: Application & WithItsCommit,
): Promise<ApplyOutcome> {
  const { school } = dated;
  const { applied, touched } = await parts.store.town(async (tx) => {
    await lockImports(tx);
    const result = await applyPlan(parts, tx, { dated, asked });
    await also?.(tx, result.applied);
    return result;
  });
  await parts.settle(touched);
  if ('preview' in applied) {
    const summary = summaryOf(applied.preview);
    const act = { school: school.id, act: 'roster-import', outcome: applied.kind };
    parts.log.info({ ...act, ...summary }, 'roster');
  }
  return applied;
}

interface ApplyResult {
  readonly applied: ApplyOutcome;
  readonly touched: readonly ChangedClasses[];
}

const untouched = (applied: ApplyOutcome): ApplyResult => ({ applied, touched: [] });

/** A plan that nothing stops, in the transaction that carries it out. */
interface Stage {
  readonly parts: RosterParts;
  readonly tx: TownTx;
  readonly dated: DatedWish;
  readonly asked: Application;
  readonly planned: PlannedWish;
}

async function applyPlan(
  parts: RosterParts,
  tx: TownTx,
  { dated, asked }: { readonly dated: DatedWish; readonly asked: Application },
): Promise<ApplyResult> {
  const { school, set, wish, year } = dated;
  const planned = await planWish(tx, school.id, {
    wish,
    hints: set.hints,
    secret: parts.secret,
  });
  if (planned === null) return untouched({ kind: 'no-school' });
  const { preview } = planned.plan;
  if (preview.stops.length > 0) return untouched({ kind: 'stopped', preview });
  await rememberFormat(tx, dated, asked);
  const stage: Stage = { parts, tx, dated, asked, planned };
  if (year.kind === 'next') return untouched(await rehearse(stage));
  if (preview.nothingToDo) return untouched(await learnKeys(stage));
  return importNow(stage);
}

/** Where the files came from and how their columns were read, for the next time. */
async function rememberFormat(
  tx: TownTx,
  { school, set }: DatedWish,
  asked: Application,
): Promise<void> {
  const inSchool = await tx.in(school.id);
  for (const hint of set.hints) await rememberSource(inSchool, hint);
  for (const header of set.mapped) {
    const mapping = asked.mappingOf(header);
    if (mapping !== null) await rememberMapping(inSchool, header, mapping);
  }
}

/** Next year's roster is kept until its first day. */
async function rehearse({ parts, tx, dated, asked, planned }: Stage): Promise<ApplyOutcome> {
  const { school, set, wish, year } = dated;
  const { preview } = planned.plan;
  const inSchool = await tx.in(school.id);
  await replaceRehearsal(inSchool);
  const id = await insertImport(inSchool, {
    ...importOf(dated, asked, preview),
    state: 'rehearsed',
    appliedAt: null,
    lines: { wish, hints: set.hints },
  });
  await setRollOver(inSchool, id, {
    day: year.day,
    at: momentOf(year.day, ROLL_OVER_AT, school.timeZone),
  });
  await keepReport(inSchool, id, {
    report: reportOf(preview),
    since: endedBefore(parts.clock()).applied,
  });
  await recordAct(tx, {
    school: school.id,
    by: asked.by,
    act: 'roster-rehearse',
    subject: { import: id, ...summaryOf(preview) },
  });
  return { kind: 'rehearsed', id, preview, day: year.day };
}

/** The roster says already what the files say; what a person is known by may still be new. */
async function learnKeys(stage: Stage): Promise<ApplyOutcome> {
  const { parts, tx, dated, planned } = stage;
  const { plan } = planned;
  const sameFileAppliedAt = await sameFile(tx, dated);
  if (plan.acts.keys.length > 0)
    await writeActs(tx, plan.acts, writingFor(parts, dated.school, dated.year.day));
  const inSchool = await tx.in(dated.school.id);
  const kept = await keptOf(parts.secret, inSchool);
  if (kept !== null)
    await keepQuestions(parts, inSchool, {
      importId: kept.importId,
      remainder: plan.remainder,
      made: [],
      evidence: dated.evidence,
      setAside: {},
    });
  const sheets = await sheetsOf(stage);
  return { kind: 'nothing', preview: plan.preview, sameFileAppliedAt, sheets };
}

async function importNow(stage: Stage): Promise<ApplyResult> {
  const { parts, tx, dated, asked, planned } = stage;
  const { school, year } = dated;
  const id = await insertImport(await tx.in(school.id), {
    ...importOf(dated, asked, planned.plan.preview),
    state: 'applied',
    appliedAt: parts.clock(),
    lines: null,
  });
  const { preview, touched, made } = await carryOut(parts, tx, {
    school,
    planned,
    id,
    day: year.day,
    by: asked.by.address,
  });
  await keepNewQuestions(parts, tx, {
    school,
    plan: planned.plan,
    importId: id,
    made,
    evidence: dated.evidence,
  });
  await recordAct(tx, {
    school: school.id,
    by: asked.by,
    act: 'roster-import',
    subject: { import: id, ...summaryOf(planned.plan.preview) },
  });
  return { applied: { kind: 'applied', id, preview, sheets: await sheetsOf(stage) }, touched };
}

/** What an import writes down of itself, whether it holds today or waits. */
function importOf(
  { set, year }: DatedWish,
  asked: Application,
  preview: Preview,
): Omit<NewImport, 'state' | 'lines' | 'appliedAt'> {
  return {
    actor: asked.by.address,
    format: set.formats.join(' '),
    fileHash: set.hash,
    schoolYear: asked.year,
    holdsFrom: year.day,
    summary: summaryOf(preview),
  };
}

async function sheetsOf({ parts, tx, dated, asked }: Stage): Promise<readonly CodeSheet[]> {
  return asked.codes === 'with-codes'
    ? firstCodes(parts, tx, { school: dated.school.id, by: asked.by.address })
    : [];
}
