import { z } from 'zod';
import { anId } from '../../ground/id-shapes.ts';
import { TOWN, type AddressId, type SchoolId } from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import type { Day } from '../../roster/days.ts';
import type { KeptLines } from '../../roster/planning/plan.ts';
import type { KeptReport } from '../../roster/preview.ts';
import { toldApart } from '../../roster/school-directory/shown-name.ts';
import { anyOf } from '../any-of.ts';
import type { ImportState } from '../columns.ts';
import { makeDue } from '../due.ts';
import { own } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';
import type { ImportLines, SchoolRow } from './contract.ts';
import { CHANGE } from './roster-image.ts';

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
  readonly lines: ImportLines | null;
  readonly stoppedBy: unknown;
  /** What it did, line by line; null once it can't be undone any more. */
  readonly report: KeptReport | null;
}

export type NewImport = Pick<
  ImportRow,
  'actor' | 'format' | 'fileHash' | 'schoolYear' | 'holdsFrom' | 'summary' | 'lines' | 'appliedAt'
> & { readonly state: 'applied' | 'rehearsed' };

/** What an import changed in a school. */
const CHANGES = z.object({
  rows: z.array(CHANGE).readonly(),
  /** Who moved between schools by it, and what they were called before. */
  carried: z
    .array(
      z.object({
        address: anId<AddressId>(),
        from: anId<SchoolId>(),
        to: anId<SchoolId>(),
        before: z.object({
          givenName: z.string(),
          familyName: z.string(),
          state: z.enum(['active', 'suspended', 'archived']),
        }),
      }),
    )
    .readonly(),
});
export type ImportChanges = Readonly<z.output<typeof CHANGES>>;
export type CarriedPerson = Readonly<ImportChanges['carried'][number]>;

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
      summary: jsonOf(one.summary),
      lines: one.lines === null ? null : jsonOf(one.lines),
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
  { report, since }: { readonly report: KeptReport; readonly since: Date },
): Promise<void> {
  await own(tx)
    .updateTable('roster_import')
    .set({ report: null })
    .where('created_at', '<', since)
    .execute();
  await own(tx)
    .updateTable('roster_import', { id })
    .set({ report: jsonOf(report) })
    .execute();
}

const IMPORT = [
  'id',
  'actor_address_id as actor',
  'created_at as createdAt',
  'format',
  'file_hash as fileHash',
  'school_year as schoolYear',
  'state',
  'holds_from as holdsFrom',
  'applied_at as appliedAt',
  'summary',
  'lines',
  'stopped_by as stoppedBy',
  'report',
] as const;

/** One import of this school; null when there is none. */
export async function importById(tx: SchoolTx, id: number): Promise<ImportRow | null> {
  const row = await own(tx).selectFrom('roster_import', { id }).select(IMPORT).executeTakeFirst();
  return row ?? null;
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
      changes: jsonOf(changes),
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
  return CHANGES.parse(row?.changes ?? { rows: [], carried: [] });
}

/** The last import that took effect and was not undone, locked; null when there is none. */
export async function lastApplied(tx: SchoolTx): Promise<ImportRow | null> {
  const row = await own(tx)
    .selectFrom('roster_import', { state: 'applied' })
    .select(IMPORT)
    .orderBy('applied_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Newest first. */
export function listImports(tx: SchoolTx, limit: number): Promise<ImportRow[]> {
  return own(tx)
    .selectFrom('roster_import')
    .select(IMPORT)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Next year's roster as it lies ready, locked; null when there is none. */
export async function rehearsalOf(
  tx: SchoolTx,
): Promise<(ImportRow & { readonly lines: KeptLines }) | null> {
  const row = await own(tx)
    .selectFrom('roster_import', { state: 'rehearsed' })
    .select(IMPORT)
    .executeTakeFirst();
  return row?.lines && 'wish' in row.lines ? { ...row, lines: row.lines } : null;
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
    .set({ stopped_by: jsonOf(why) })
    .execute();
}

interface ImportMark {
  readonly at: Date;
  readonly day: Day;
  readonly summary: Counts;
}

/** A rehearsal has become what is. */
export async function markApplied(
  tx: SchoolTx,
  id: number,
  { at, day, summary }: ImportMark,
): Promise<void> {
  await own(tx)
    .updateTable('roster_import', { id })
    .set({
      state: 'applied',
      applied_at: at,
      holds_from: day,
      summary: jsonOf(summary),
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

/** All schools of the town, as lists name them and in their order. */
export async function townSchools(
  tx: TownTx,
): Promise<readonly (SchoolRow & { readonly shownName: string })[]> {
  const rows = await schools(tx)
    .leftJoin('commune as c', 'c.id', 's.commune_id')
    .select('c.name as commune')
    .where('s.id', '<>', TOWN)
    .execute();
  return toldApart(rows);
}

export async function schoolById(tx: TownTx, id: SchoolId): Promise<SchoolRow | null> {
  return (await schools(tx).where('s.id', '=', id).executeTakeFirst()) ?? null;
}

function schools(tx: TownTx) {
  return tx.db
    .selectFrom('school as s')
    .select([
      's.id',
      's.slug',
      's.name',
      's.uai',
      's.domain',
      's.time_zone as timeZone',
      's.closes_on as closesOn',
    ]);
}
