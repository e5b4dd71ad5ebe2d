import { sql } from 'kysely';
import type { AccountId, AddressId, ClassId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import type { Day } from '../../roster/days.ts';
import type { Role } from '../../rules/facts.ts';
import { anyOf } from '../any-of.ts';
import { makeDue } from '../due.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { StepKind } from '../town/contract.ts';
import type { TownCount } from '../town/report-marks.ts';
import type { CameFrom } from './contract.ts';

export type { StepKind } from '../town/contract.ts';

/** A report as it is kept in the school of the child who made it. */
export interface StoredReport {
  readonly id: number;
  readonly message: MessageId;
  readonly account: AccountId;
  readonly child: AddressId;
  readonly childName: string;
  readonly classes: readonly ClassId[];
  readonly writer: AddressId | null;
  readonly writerRole: Role;
  readonly writerName: string;
  readonly at: Date;
  /** Until then the child may take it back, and nobody else sees it. */
  readonly toldFrom: Date;
  readonly level: number;
  readonly told: readonly AddressId[];
  readonly calledAt: Date | null;
  readonly takenBy: AddressId | null;
  readonly readBy: readonly AddressId[];
  readonly word: string | null;
  readonly copies: readonly CameFrom[];
  readonly seenByChild: boolean;
  readonly closedBy: AddressId | null;
  readonly closedAt: Date | null;
  /** Whether it concerns the town's contact too. */
  readonly forTown: boolean;
}

type NewReport = Pick<
  StoredReport,
  | 'message'
  | 'account'
  | 'child'
  | 'childName'
  | 'classes'
  | 'writer'
  | 'writerRole'
  | 'writerName'
  | 'at'
  | 'toldFrom'
  | 'copies'
  | 'forTown'
>;

/**
 * Writes a report down, and when its adults are told. What was closed, and given back to the child,
 * is opened again.
 */
export async function insertReport(tx: SchoolTx, report: NewReport): Promise<number> {
  const { id } = await own(tx)
    .insertInto('report', {
      ...valuesOf(report),
      message_id: report.message,
      account_id: report.account,
      called_at: null,
      taken_by: null,
      word: null,
      closed_by: null,
      closed_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['school_id', 'message_id', 'account_id']).doUpdateSet({
        ...valuesOf(report),
        level: 0,
        told: [],
        word: null,
        taken_by: null,
        called_at: null,
        read_by: [],
        seen_by_child: false,
        closed_by: null,
        closed_at: null,
      }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  await own(tx)
    .insertInto('report_mark', {
      report_id: id,
      at: report.at,
      closed_at: null,
      for_town: report.forTown,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'report_id'])
        .doUpdateSet({ closed_at: null, for_town: report.forTown }),
    )
    .execute();
  await setReportDue(tx, id, report.toldFrom);
  return id;
}

function valuesOf(report: NewReport) {
  return {
    child_address_id: report.child,
    child_name: report.childName,
    class_ids: [...report.classes],
    writer_address_id: report.writer,
    writer_role: report.writerRole,
    writer_name: report.writerName,
    created_at: report.at,
    told_from: report.toldFrom,
    came_from: jsonOf(report.copies),
  };
}

/** When the worker looks at it next. */
export async function setReportDue(tx: SchoolTx, id: number, at: Date): Promise<void> {
  await makeDue(tx, 'report', [{ id, at }]);
}

/** When that is; null where the worker has nothing to look for. */
export async function reportDueAt(tx: SchoolTx, id: number): Promise<Date | null> {
  const row = await own(tx)
    .selectFrom('due', { kind: 'report', row_id: id })
    .select('at')
    .executeTakeFirst();
  return row?.at ?? null;
}

const rowsOf = (tx: SchoolTx) =>
  tx.db
    .selectFrom('report as r')
    .leftJoin('report_mark as k', (join) =>
      join.onRef('k.school_id', '=', 'r.school_id').onRef('k.report_id', '=', 'r.id'),
    )
    .select([
      'r.id',
      'r.message_id as message',
      'r.account_id as account',
      'r.child_name as childName',
      'r.class_ids as classes',
      'r.writer_address_id as writer',
      'r.writer_role as writerRole',
      'r.writer_name as writerName',
      'r.created_at as at',
      'r.told_from as toldFrom',
      'r.level',
      'r.told',
      'r.called_at as calledAt',
      'r.taken_by as takenBy',
      'r.read_by as readBy',
      'r.word',
      'r.came_from as copies',
      'r.seen_by_child as seenByChild',
      'r.closed_by as closedBy',
      'r.closed_at as closedAt',
    ])
    .select(({ eb, fn }) => [
      eb.ref('r.child_address_id').$notNull().as('child'),
      fn.coalesce('k.for_town', sql.lit(false)).as('forTown'),
    ])
    .where('r.school_id', '=', tx.school)
    .where('r.child_address_id', 'is not', null);

/** One report; null where there is none. */
export async function reportNamed(tx: SchoolTx, id: number): Promise<StoredReport | null> {
  return (await rowsOf(tx).where('r.id', '=', id).executeTakeFirst()) ?? null;
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockReport(tx: SchoolTx, id: number): Promise<StoredReport | null> {
  await sql`
    select
    from report
    where school_id = ${tx.school} and id = ${id}
    for update
  `.execute(tx.db);
  return reportNamed(tx, id);
}

/** Which reports of a school somebody looks for: of these classes, or all. */
interface Concerning {
  readonly classes: readonly ClassId[] | 'all';
  /** Those that this person wrote the letter of are none of theirs. */
  readonly notBy: AddressId;
  /** What a child may still take back isn't there yet. */
  readonly now: Date;
}

const concerning = (tx: SchoolTx, { classes, notBy, now }: Concerning) => {
  const rows = rowsOf(tx)
    .where('r.told_from', '<=', now)
    .where((eb) =>
      eb.or([eb('r.writer_address_id', 'is', null), eb('r.writer_address_id', '<>', notBy)]),
    );
  return classes === 'all'
    ? rows
    : rows.where(sql<boolean>`r.class_ids && ${[...classes]}::bigint[]`);
};

/** The open ones, the oldest first. */
export function listOpen(tx: SchoolTx, about: Concerning, limit: number): Promise<StoredReport[]> {
  return concerning(tx, about)
    .where('r.closed_at', 'is', null)
    .orderBy('r.id')
    .limit(limit)
    .execute();
}

/** How many are open, and what the town's contact is asked, in one question. */
export async function countReports(
  tx: SchoolTx,
  { classes, notBy, now }: Concerning,
): Promise<{ readonly open: number } & TownCount> {
  const { rows } = await sql<{ open: number; contact: AddressId | null; for_town: number }>`
    select count(*)::integer as open,
      (select report_contact_address_id from town) as contact,
      (select count(*)::integer from report_mark where for_town and closed_at is null) as for_town
    from report r
    where r.school_id = ${tx.school}
      and r.closed_at is null
      and r.child_address_id is not null
      and r.told_from <= ${now}
      and r.writer_address_id is distinct from ${notBy}
      and (${classes === 'all'} or r.class_ids && ${classes === 'all' ? [] : [...classes]}::bigint[])
  `.execute(tx.kept);
  const [row] = rows;
  return {
    open: row?.open ?? 0,
    contact: row?.contact ?? null,
    forTown: row?.for_town ?? 0,
  };
}

/** The closed ones, the latest first. */
export function listClosed(
  tx: SchoolTx,
  about: Concerning,
  limit: number,
): Promise<StoredReport[]> {
  return concerning(tx, about)
    .where('r.closed_at', 'is not', null)
    .orderBy('r.closed_at', 'desc')
    .limit(limit)
    .execute();
}

/** Those that a child made and has not put away, the latest first. */
export function reportsOfChild(
  tx: SchoolTx,
  child: AddressId,
  limit: number,
): Promise<StoredReport[]> {
  return rowsOf(tx)
    .where('r.child_address_id', '=', child)
    .where('r.seen_by_child', '=', false)
    .orderBy('r.id', 'desc')
    .limit(limit)
    .execute();
}

/** The report by which this letter left this place of an account's mail; null: none has. */
export async function reportFrom(
  tx: SchoolTx,
  account: AccountId,
  at: { readonly mailbox: MailboxId; readonly uid: Uid },
): Promise<number | null> {
  const row = await ownKept(tx)
    .selectFrom('report', { account_id: account, closed_at: null })
    .select('id')
    .where(sql<boolean>`came_from @> ${JSON.stringify([at])}::jsonb`)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** A report changes in these, by the names of this record. */
type Changes = Partial<
  Pick<
    StoredReport,
    | 'toldFrom'
    | 'level'
    | 'told'
    | 'calledAt'
    | 'takenBy'
    | 'readBy'
    | 'word'
    | 'seenByChild'
    | 'closedBy'
  > & { readonly closedAt: Date; readonly forTown: boolean }
>;

export async function changeReport(tx: SchoolTx, id: number, changes: Changes): Promise<void> {
  const {
    toldFrom,
    level,
    told,
    calledAt,
    takenBy,
    readBy,
    word,
    seenByChild,
    closedBy,
    closedAt,
  } = changes;
  const set = {
    ...(toldFrom === undefined ? {} : { told_from: toldFrom }),
    ...(level === undefined ? {} : { level }),
    ...(told === undefined ? {} : { told: [...told] }),
    ...(calledAt === undefined ? {} : { called_at: calledAt }),
    ...(takenBy === undefined ? {} : { taken_by: takenBy }),
    ...(readBy === undefined ? {} : { read_by: [...readBy] }),
    ...(word === undefined ? {} : { word }),
    ...(seenByChild === undefined ? {} : { seen_by_child: seenByChild }),
    ...(closedBy === undefined ? {} : { closed_by: closedBy }),
    ...(closedAt === undefined ? {} : { closed_at: closedAt }),
  };
  if (Object.keys(set).length > 0) await own(tx).updateTable('report', { id }).set(set).execute();
  const mark = {
    ...(closedAt === undefined ? {} : { closed_at: closedAt }),
    ...(changes.forTown === undefined ? {} : { for_town: changes.forTown }),
  };
  if (Object.keys(mark).length > 0)
    await own(tx).updateTable('report_mark', { report_id: id }).set(mark).execute();
}

/** Erases a report with its steps; the letter is the caller's to erase. */
export async function deleteReport(tx: SchoolTx, id: number): Promise<MessageId | null> {
  const gone = await own(tx)
    .deleteFrom('report', { id })
    .returning('message_id')
    .executeTakeFirst();
  await own(tx).deleteFrom('due', { kind: 'report', row_id: id }).execute();
  return gone?.message_id ?? null;
}

/** It was taken back before anybody saw it: no number counts it. */
export async function deleteMark(tx: SchoolTx, id: number): Promise<void> {
  await own(tx).deleteFrom('report_mark', { report_id: id }).execute();
}

/** Something that was done about a report. */
interface StoredStep {
  readonly at: Date;
  /** Null: the service by itself. */
  readonly by: AddressId | null;
  readonly kind: StepKind;
  readonly until: Day | null;
}

export async function writeStep(tx: SchoolTx, id: number, step: StoredStep): Promise<void> {
  await own(tx)
    .insertInto('report_step', {
      report_id: id,
      at: step.at,
      by_address_id: step.by,
      kind: step.kind,
      until_date: step.until,
    })
    .execute();
}

/** The steps of these reports, in their order. */
export async function stepsOf(
  tx: SchoolTx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, readonly StoredStep[]>> {
  if (ids.length === 0) return new Map();
  const rows = await own(tx)
    .selectFrom('report_step', { report_id: anyOf(ids) })
    .selectAll()
    .orderBy('id')
    .execute();
  const steps = new Map<number, StoredStep[]>();
  for (const row of rows) {
    const step = { at: row.at, by: row.by_address_id, kind: row.kind, until: row.until_date };
    steps.set(row.report_id, [...(steps.get(row.report_id) ?? []), step]);
  }
  return steps;
}
