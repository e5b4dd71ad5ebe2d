import type { AddressId, SchoolId } from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import { anyOf } from '../any-of.ts';
import type { BatchState } from '../columns.ts';
import { makeDue } from '../due.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { BatchOutcome, KeptChoices } from './contract.ts';

/** Files of one school on their way to being applied. */
export interface DraftRow {
  readonly id: number;
  readonly by: AddressId;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly schoolYear: string;
  readonly batch: number | null;
  readonly choices: KeptChoices;
  /** Sealed; null once it was applied. */
  readonly content: Buffer | null;
  /** What it became. */
  readonly importId: number | null;
}

type NewDraft = Omit<DraftRow, 'id' | 'importId' | 'content'> & { readonly content: Buffer };

export async function insertDraft(tx: SchoolTx, one: NewDraft): Promise<number> {
  const { id } = await own(tx)
    .insertInto('roster_draft', {
      by_address_id: one.by,
      created_at: one.createdAt,
      expires_at: one.expiresAt,
      school_year: one.schoolYear,
      batch_id: one.batch,
      choices: jsonOf(one.choices),
      content: one.content,
      import_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await makeDue(tx, 'roster-draft', [{ id, at: one.expiresAt }]);
  return id;
}

const DRAFT = [
  'id',
  'by_address_id as by',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'school_year as schoolYear',
  'batch_id as batch',
  'choices',
  'content',
  'import_id as importId',
] as const;

export async function draftById(tx: SchoolTx, id: number): Promise<DraftRow | null> {
  const row = await own(tx).selectFrom('roster_draft', { id }).select(DRAFT).executeTakeFirst();
  return row ?? null;
}

/** Drafts that nobody has applied, newest first. */
export async function openDrafts(
  tx: SchoolTx,
  limit: number,
): Promise<{ readonly id: number; readonly createdAt: Date; readonly schoolYear: string }[]> {
  return own(tx)
    .selectFrom('roster_draft')
    .select(['id', 'created_at as createdAt', 'school_year as schoolYear'])
    .where('content', 'is not', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

interface DraftChange {
  /** What was read, sealed: no two are alike, so that nobody else's change is lost. */
  readonly before: Buffer;
  readonly choices: KeptChoices;
  readonly content: Buffer;
}

/** False: somebody else has chosen meanwhile, or it was applied. */
export async function updateDraft(
  tx: SchoolTx,
  id: number,
  { before, choices, content }: DraftChange,
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('roster_draft', { id })
    .set({ choices: jsonOf(choices), content })
    .where('content', '=', before)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

interface SettledDraft {
  /** What was applied, as it was read. */
  readonly before: Buffer;
  readonly importId: number | null;
}

/**
 * It became an import: what the file said is forgotten here. False where somebody was faster, who
 * applied it or said more about it.
 */
export async function settleDraft(
  tx: SchoolTx,
  id: number,
  { before, importId }: SettledDraft,
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('roster_draft', { id })
    .set({ content: null, import_id: importId })
    .where('content', '=', before)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** False: it is there no more; of two who erase it at once one alone did. */
export async function eraseDraft(tx: SchoolTx, id: number): Promise<boolean> {
  const { numDeletedRows } = await own(tx).deleteFrom('roster_draft', { id }).executeTakeFirst();
  await own(tx).deleteFrom('due', { kind: 'roster-draft', row_id: id }).execute();
  return numDeletedRows > 0n;
}

/** An agent's upload for several schools. All of it lies in school 0. */
export interface BatchRow {
  readonly id: number;
  readonly by: AddressId;
  readonly createdAt: Date;
  readonly schoolYear: string;
  readonly fileName: string;
  readonly unknown: readonly string[];
  readonly reason: string | null;
  readonly state: BatchState;
  readonly beatAt: Date;
}

/** A school of a batch. */
export interface BatchSchoolRow {
  readonly school: SchoolId;
  readonly draft: number | null;
  readonly outcome: BatchOutcome | null;
}

export async function insertBatch(
  tx: SchoolTx,
  one: Omit<BatchRow, 'id' | 'reason' | 'state' | 'beatAt'>,
  schools: readonly SchoolId[],
): Promise<number> {
  const { id } = await own(tx)
    .insertInto('roster_batch', {
      by_address_id: one.by,
      created_at: one.createdAt,
      school_year: one.schoolYear,
      file_name: one.fileName,
      unknown: jsonOf(one.unknown),
      reason: null,
      state: 'reading',
      beat_at: one.createdAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (schools.length > 0)
    await own(tx)
      .insertInto(
        'roster_batch_school',
        schools.map((school) => ({
          batch_id: id,
          of_school_id: school,
          draft_id: null,
          outcome: null,
        })),
      )
      .execute();
  return id;
}

/** Batches that nobody needs any more. */
export async function dropOldBatches(tx: SchoolTx, before: Date): Promise<void> {
  await own(tx).deleteFrom('roster_batch').where('created_at', '<', before).execute();
}

export async function batchById(tx: SchoolTx, id: number): Promise<BatchRow | null> {
  return (await batches(tx).where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Newest first. */
export function listBatches(tx: SchoolTx, limit: number): Promise<BatchRow[]> {
  return batches(tx).orderBy('id', 'desc').limit(limit).execute();
}

const batches = (tx: SchoolTx) =>
  own(tx)
    .selectFrom('roster_batch')
    .select([
      'id',
      'by_address_id as by',
      'created_at as createdAt',
      'school_year as schoolYear',
      'file_name as fileName',
      'unknown',
      'reason',
      'state',
      'beat_at as beatAt',
    ]);

export function batchSchools(tx: SchoolTx, id: number): Promise<BatchSchoolRow[]> {
  return own(tx)
    .selectFrom('roster_batch_school', { batch_id: id })
    .select(['of_school_id as school', 'draft_id as draft', 'outcome'])
    .orderBy('of_school_id')
    .execute();
}

/** A school that came to a batch later; nothing where it is in it already. */
export async function addBatchSchool(tx: SchoolTx, batch: number, school: SchoolId): Promise<void> {
  await own(tx)
    .insertInto('roster_batch_school', {
      batch_id: batch,
      of_school_id: school,
      draft_id: null,
      outcome: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Drafts of this school, or of the town, that came with a batch and are open, oldest first. */
export async function batchDrafts(
  tx: SchoolTx,
  batch: number,
): Promise<readonly Pick<DraftRow, 'id' | 'choices'>[]> {
  return own(tx)
    .selectFrom('roster_draft', { batch_id: batch })
    .select(['id', 'choices'])
    .where('content', 'is not', null)
    .orderBy('id')
    .execute();
}

/**
 * Says what a school of a batch came to, and that somebody is at work; nothing where the batch is
 * gone.
 */
export async function markBatchSchool(
  tx: SchoolTx,
  batch: number,
  { school, draft, outcome, at }: BatchSchoolRow & { readonly at: Date },
): Promise<void> {
  await own(tx)
    .updateTable('roster_batch_school', { batch_id: batch, of_school_id: school })
    .set({ draft_id: draft, outcome: outcome && jsonOf(outcome) })
    .execute();
  await own(tx).updateTable('roster_batch', { id: batch }).set({ beat_at: at }).execute();
}

export async function setBatchState(tx: SchoolTx, id: number, state: BatchState): Promise<void> {
  await own(tx).updateTable('roster_batch', { id }).set({ state }).execute();
}

interface BatchClaim {
  readonly reason: string;
  readonly at: Date;
  readonly lost: Date;
}

/**
 * Takes a batch for applying; false where somebody is at it, or it is still being read. One left
 * alone since `lost` may be taken over.
 */
export async function claimBatch(
  tx: SchoolTx,
  id: number,
  { reason, at, lost }: BatchClaim,
): Promise<boolean> {
  const taken = await own(tx)
    .updateTable('roster_batch', { id })
    .set({ state: 'applying', reason, beat_at: at })
    .where((eb) =>
      eb.or([
        eb('state', 'in', ['open', 'over']),
        eb.and([eb('state', '=', 'applying'), eb('beat_at', '<', lost)]),
      ]),
    )
    .returning('id')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Who an address belongs to, by name; for those who live in this school. */
export async function namesOf(
  tx: SchoolTx,
  ids: readonly AddressId[],
): Promise<Map<AddressId, string>> {
  if (ids.length === 0) return new Map();
  const rows = await own(tx)
    .selectFrom('account', { address_id: anyOf(ids) })
    .select(['address_id', 'display_name'])
    .execute();
  return new Map(rows.map((row) => [row.address_id, row.display_name]));
}
