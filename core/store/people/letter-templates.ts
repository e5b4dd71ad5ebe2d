import { sql } from 'kysely';
import type { AccountId, TemplateId } from '../../ground/ids.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';

export interface TemplateRow {
  readonly id: TemplateId;
  readonly title: string;
  readonly subject: string;
  readonly text: string;
  /** Null: it is plain. */
  readonly html: string | null;
}

/** Whose a template is: an account's, or (null) the school's. */
type Owner = AccountId | null;

/** The templates of an account, or of the school, by title, at most `limit`. */
export async function templatesOf(
  tx: SchoolTx,
  owner: Owner,
  limit: number,
): Promise<readonly TemplateRow[]> {
  return ownKept(tx)
    .selectFrom('letter_template')
    .select(['id', 'title', 'subject', 'text', 'html'])
    .where('account_id', 'is not distinct from', owner)
    .orderBy(sql`lower(title)`)
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function insertTemplate(
  tx: SchoolTx,
  owner: Owner,
  { title, subject, text, html }: Omit<TemplateRow, 'id'>,
): Promise<TemplateId> {
  const row = await ownKept(tx)
    .insertInto('letter_template', { account_id: owner, title, subject, text, html })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** False: not there, or not this owner's. */
export async function updateTemplate(
  tx: SchoolTx,
  owner: Owner,
  { id, title, subject, text, html }: TemplateRow,
): Promise<boolean> {
  const { numUpdatedRows } = await ownKept(tx)
    .updateTable('letter_template', { id })
    .set({ title, subject, text, html })
    .where('account_id', 'is not distinct from', owner)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** False: not there, or not this owner's. */
export async function deleteTemplate(tx: SchoolTx, owner: Owner, id: TemplateId): Promise<boolean> {
  const { numDeletedRows } = await ownKept(tx)
    .deleteFrom('letter_template', { id })
    .where('account_id', 'is not distinct from', owner)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
