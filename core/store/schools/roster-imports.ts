import { TOWN, type AddressId, type SchoolId } from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';
import { anyOf } from '../any-of.ts';
import type { ImportState } from '../columns.ts';
import { makeDue } from '../due.ts';
import { own } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';
import type { SchoolRow } from './contract.ts';
import type { Change } from './roster-image.ts';

/** How many people, classes and lines an import is about, by what became of them. */
type Counts = Readonly<Record<string, number>>;

/** One import of one school, as it is written down. */
export interface ImportRow {
  readonly id: number;
  readonly actor: AddressId | null;
  readonly createdAt: Date;
  readonly format: string;
  readonly fileHash: Buffer;
  readonly schoolYear: string;
  readonly state: ImportState;
  /** The first day that it holds; of a rehearsal, the day of the roll-over. */
  readonly holdsFrom: Day;
  readonly appliedAt: Date | null;
  readonly summary: Counts;
  readonly lines: unknown;
  readonly stoppedBy: unknown;
  /** What it did, line by line; null once it can't be undone any more. */
  readonly report: unknown;
}

export type NewImport = Pick<
  ImportRow,
  'actor' | 'format' | 'fileHash' | 'schoolYear' | 'holdsFrom' | 'summary' | 'lines' | 'appliedAt'
> & { readonly state: 'applied' | 'rehearsed' };

/** Who moved between schools by an import, and what they were called before. */
export interface CarriedPerson {
  readonly address: AddressId;
  readonly from: SchoolId;
  readonly to: SchoolId;
  readonly before: {
    readonly givenName: string;
    readonly familyName: string;
    readonly state: 'active' | 'suspended' | 'archived';
  };
}

export interface ImportChanges {
  readonly rows: readonly Change[];
  readonly carried: readonly CarriedPerson[];
}

export async function insertImport(tx: SchoolTx, one: NewImport): Promise<number> {
  const { id } = await own(tx)
    .insertInto('roster_import', {
      actor_address_id: one.actor,
      format: one.format,
      file_hash: one.fileHash,
      school_year: one.schoolYear,
      state: one.state,
      holds_from: one.holdsFrom,
      applied_at: one.appliedAt,
      undone_at: null,
      summary: JSON.stringify(one.summary),
      lines: one.lines === null ? null : JSON.stringify(one.lines),
      stopped_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Keeps what an import did, and forgets what those before `since` did, which nobody can undo any
 * more.
 */
export async function keepReport(
  tx: SchoolTx,
  id: number,
  { report, since }: { readonly report: unknown; readonly since: Date },
): Promise<void> {
  await own(tx)
    .updateTable('roster_import')
    .set({ report: null })
    .where('created_at', '<', since)
    .execute();
  await own(tx)
    .updateTable('roster_import', { id })
    .set({ report: JSON.stringify(report) })
    .execute();
}

/** One import of this school; null when there is none. */
export async function importById(tx: SchoolTx, id: number): Promise<ImportRow | null> {
  const row = await own(tx).selectFrom('roster_import', { id }).selectAll().executeTakeFirst();
  return row === undefined ? null : importOf(row);
}

export async function insertChanges(
  tx: SchoolTx,
  of: { readonly school: SchoolId; readonly id: number },
  changes: ImportChanges,
): Promise<void> {
  await own(tx)
    .insertInto('roster_change', {
      import_school_id: of.school,
      import_id: of.id,
      changes: JSON.stringify(changes),
    })
    .execute();
}

/** What an import changed in this school; nothing when it changed nothing here. */
export async function changesOf(
  tx: SchoolTx,
  of: { readonly school: SchoolId; readonly id: number },
): Promise<ImportChanges> {
  const row = await own(tx)
    .selectFrom('roster_change', { import_school_id: of.school, import_id: of.id })
    .select('changes')
    .executeTakeFirst();
  return (row?.changes ?? { rows: [], carried: [] }) as ImportChanges;
}

/** The last import that took effect and was not undone, locked; null when there is none. */
export async function lastApplied(tx: SchoolTx): Promise<ImportRow | null> {
  const row = await own(tx)
    .selectFrom('roster_import', { state: 'applied' })
    .selectAll()
    .orderBy('applied_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : importOf(row);
}

/** Newest first. */
export async function listImports(tx: SchoolTx, limit: number): Promise<ImportRow[]> {
  const rows = await own(tx)
    .selectFrom('roster_import')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(importOf);
}

/** Next year's roster as it lies ready, locked; null when there is none. */
export async function rehearsalOf(tx: SchoolTx): Promise<ImportRow | null> {
  const row = await own(tx)
    .selectFrom('roster_import', { state: 'rehearsed' })
    .selectAll()
    .executeTakeFirst();
  return row === undefined ? null : importOf(row);
}

/** Puts a rehearsal aside: a newer file has taken its place. */
export async function replaceRehearsal(tx: SchoolTx): Promise<void> {
  const old = await own(tx)
    .updateTable('roster_import', { state: 'rehearsed' })
    .set({ state: 'replaced', lines: null })
    .returning('id')
    .execute();
  if (old.length > 0)
    await own(tx)
      .deleteFrom('due', { kind: 'rollover', row_id: anyOf(old.map(({ id }) => id)) })
      .execute();
}

/** When the roll-over of a rehearsal is due. */
export async function setRollOver(
  tx: SchoolTx,
  id: number,
  { day, at }: { readonly day: Day; readonly at: Date },
): Promise<void> {
  await own(tx)
    .updateTable('roster_import', { id })
    .set({ holds_from: day, stopped_by: null })
    .execute();
  await makeDue(tx, 'rollover', [{ id, at }]);
}

/** Nothing is due for this row any more. */
export async function dropRollOver(tx: SchoolTx, id: number): Promise<void> {
  await own(tx).deleteFrom('due', { kind: 'rollover', row_id: id }).execute();
}

/** Says why a roll-over didn't take place. */
export async function stopRollOver(tx: SchoolTx, id: number, why: unknown): Promise<void> {
  await own(tx)
    .updateTable('roster_import', { id })
    .set({ stopped_by: JSON.stringify(why) })
    .execute();
}

/** A rehearsal has become what is. */
export async function markApplied(
  tx: SchoolTx,
  id: number,
  { at, day, summary }: { readonly at: Date; readonly day: Day; readonly summary: Counts },
): Promise<void> {
  await own(tx)
    .updateTable('roster_import', { id })
    .set({
      state: 'applied',
      applied_at: at,
      holds_from: day,
      summary: JSON.stringify(summary),
      lines: null,
      stopped_by: null,
    })
    .execute();
  await dropRollOver(tx, id);
}

export async function markUndone(tx: SchoolTx, id: number, at: Date): Promise<void> {
  await own(tx)
    .updateTable('roster_import', { id })
    .set({ state: 'undone', undone_at: at })
    .execute();
}

/** All schools of the town, by name. */
export async function townSchools(tx: TownTx): Promise<SchoolRow[]> {
  const rows = await schools(tx).where('id', '<>', TOWN).orderBy('name').execute();
  return rows.map((row) => ({ ...row, id: row.id }));
}

export async function schoolById(tx: TownTx, id: SchoolId): Promise<SchoolRow | null> {
  const row = await schools(tx).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : { ...row, id: row.id };
}

function schools(tx: TownTx) {
  return tx.db
    .selectFrom('school')
    .select(['id', 'slug', 'name', 'uai', 'domain', 'time_zone as timeZone']);
}

function importOf(row: {
  id: number;
  actor_address_id: number | null;
  created_at: Date;
  format: string;
  file_hash: Buffer;
  school_year: string;
  state: ImportState;
  holds_from: Day;
  applied_at: Date | null;
  summary: unknown;
  lines: unknown;
  stopped_by: unknown;
  report: unknown;
}): ImportRow {
  return {
    id: row.id,
    actor: row.actor_address_id as AddressId | null,
    createdAt: row.created_at,
    format: row.format,
    fileHash: row.file_hash,
    schoolYear: row.school_year,
    state: row.state,
    holdsFrom: row.holds_from,
    appliedAt: row.applied_at,
    summary: row.summary as Counts,
    lines: row.lines,
    stoppedBy: row.stopped_by,
    report: row.report,
  };
}
