import type { AddressId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** A list of schools from a file; all in school 0, the town. */
export interface SchoolImportRow {
  readonly id: number;
  /** Null: the command line. */
  readonly by: AddressId | null;
  readonly createdAt: Date;
  readonly fileName: string;
  /** The file as it came, while its columns are asked for. */
  readonly file: Buffer | null;
  /** What was read of it. */
  readonly content: unknown;
  readonly choices: unknown;
  readonly appliedAt: Date | null;
  readonly undoneAt: Date | null;
  readonly done: unknown;
}

const HEAD = ['id', 'created_at', 'file_name', 'applied_at', 'undone_at'] as const;

export async function insertSchoolImport(
  tx: SchoolTx,
  one: Pick<SchoolImportRow, 'by' | 'createdAt' | 'fileName' | 'file' | 'content' | 'choices'>,
): Promise<number> {
  const { id } = await own(tx)
    .insertInto('school_import', {
      by_address_id: one.by,
      created_at: one.createdAt,
      file_name: one.fileName,
      file: one.file,
      content: jsonOrNull(one.content),
      choices: JSON.stringify(one.choices),
      applied_at: null,
      undone_at: null,
      done: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** `lock`: nobody applies or undoes it until the transaction ends. */
export async function schoolImportRow(
  tx: SchoolTx,
  id: number,
  { lock }: { readonly lock: boolean },
): Promise<SchoolImportRow | null> {
  const row = await own(tx)
    .selectFrom('school_import', { id })
    .selectAll()
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: row.id,
    by: row.by_address_id,
    createdAt: row.created_at,
    fileName: row.file_name,
    file: row.file,
    content: row.content,
    choices: row.choices,
    appliedAt: row.applied_at,
    undoneAt: row.undone_at,
    done: row.done,
  };
}

/** Newest first, without what they hold. */
export async function listSchoolImports(
  tx: SchoolTx,
  limit: number,
): Promise<Pick<SchoolImportRow, 'id' | 'createdAt' | 'fileName' | 'appliedAt' | 'undoneAt'>[]> {
  const rows = await own(tx)
    .selectFrom('school_import')
    .select(HEAD)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at,
    fileName: row.file_name,
    appliedAt: row.applied_at,
    undoneAt: row.undone_at,
  }));
}

/** What was said of one that nobody has applied. What isn't named stays. */
export async function updateSchoolImport(
  tx: SchoolTx,
  id: number,
  change: Partial<Pick<SchoolImportRow, 'file' | 'content' | 'choices'>>,
): Promise<void> {
  await own(tx)
    .updateTable('school_import', { id, applied_at: null })
    .set({
      ...(change.file === undefined ? {} : { file: change.file }),
      ...(change.content === undefined ? {} : { content: jsonOrNull(change.content) }),
      ...(change.choices === undefined ? {} : { choices: JSON.stringify(change.choices) }),
    })
    .execute();
}

/** It was applied: what the file said is forgotten, what it did stays. */
export async function settleSchoolImport(
  tx: SchoolTx,
  id: number,
  { at, done }: { readonly at: Date; readonly done: unknown },
): Promise<void> {
  await own(tx)
    .updateTable('school_import', { id })
    .set({ applied_at: at, done: JSON.stringify(done), content: null, file: null })
    .execute();
}

export async function markUndone(
  tx: SchoolTx,
  id: number,
  { at, done }: { readonly at: Date; readonly done: unknown },
): Promise<void> {
  await own(tx)
    .updateTable('school_import', { id })
    .set({ undone_at: at, done: JSON.stringify(done) })
    .execute();
}

/** False: there is none that nobody has applied. */
export async function dropSchoolImport(tx: SchoolTx, id: number): Promise<boolean> {
  const gone = await own(tx)
    .deleteFrom('school_import', { id, applied_at: null })
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** Files that nobody applied, and imports that can't be undone any more. */
export async function dropOldSchoolImports(
  tx: SchoolTx,
  before: { readonly given: Date; readonly applied: Date },
): Promise<void> {
  await own(tx)
    .deleteFrom('school_import')
    .where((eb) =>
      eb.or([
        eb.and([eb('applied_at', 'is', null), eb('created_at', '<', before.given)]),
        eb('applied_at', '<', before.applied),
      ]),
    )
    .execute();
}

function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
