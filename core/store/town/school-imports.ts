import type { AddressId } from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import type { SchoolChoices, SchoolsDone } from '../../roster/school-directory/plan.ts';
import type { SchoolList } from '../../roster/school-directory/read-schools.ts';
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
  readonly content: SchoolList | null;
  readonly choices: Partial<SchoolChoices>;
  readonly appliedAt: Date | null;
  readonly undoneAt: Date | null;
  readonly done: SchoolsDone | null;
}

const HEAD = [
  'id',
  'created_at as createdAt',
  'file_name as fileName',
  'applied_at as appliedAt',
  'undone_at as undoneAt',
] as const;

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
      content: one.content === null ? null : jsonOf(one.content),
      choices: jsonOf(one.choices),
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
    .select([...HEAD, 'by_address_id as by', 'file', 'content', 'choices', 'done'])
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();
  return row ?? null;
}

/** Newest first, without what they hold. */
export function listSchoolImports(
  tx: SchoolTx,
  limit: number,
): Promise<Pick<SchoolImportRow, 'id' | 'createdAt' | 'fileName' | 'appliedAt' | 'undoneAt'>[]> {
  return own(tx)
    .selectFrom('school_import')
    .select(HEAD)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
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
      ...(change.content === undefined
        ? {}
        : { content: change.content === null ? null : jsonOf(change.content) }),
      ...(change.choices === undefined ? {} : { choices: jsonOf(change.choices) }),
    })
    .execute();
}

/** What an import did, or its undoing, and when. */
interface ImportDone {
  readonly at: Date;
  readonly done: SchoolsDone;
}

/** It was applied: what the file said is forgotten, what it did stays. */
export async function settleSchoolImport(
  tx: SchoolTx,
  id: number,
  { at, done }: ImportDone,
): Promise<void> {
  await own(tx)
    .updateTable('school_import', { id })
    .set({ applied_at: at, done: jsonOf(done), content: null, file: null })
    .execute();
}

export async function markUndone(tx: SchoolTx, id: number, undone: ImportDone): Promise<void> {
  const change = { undone_at: undone.at, done: jsonOf(undone.done) };
  await own(tx).updateTable('school_import', { id }).set(change).execute();
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
