import { sql } from 'kysely';
import type { AccountId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';

/**
 * Which of these messages of an old server this account has brought, by their sources in
 * hexadecimal.
 */
export async function brought(
  tx: SchoolTx,
  account: AccountId,
  sources: readonly Buffer[],
): Promise<Set<string>> {
  const rows = await tx.db
    .selectFrom('brought_message')
    .select('source')
    .where('school_id', '=', tx.school)
    .where('account_id', '=', account)
    .where('source', '=', sql<Buffer>`any(${sources})`)
    .execute();
  return new Set(rows.map(({ source }) => source.toString('hex')));
}

/**
 * Notes messages as brought; gives those that were not yet. Another transaction that notes the same
 * is waited for.
 */
export async function noteBrought(
  tx: SchoolTx,
  account: AccountId,
  sources: readonly Buffer[],
): Promise<Set<string>> {
  if (sources.length === 0) return new Set();
  const rows = await tx.db
    .insertInto('brought_message')
    .values(sources.map((source) => ({ school_id: tx.school, account_id: account, source })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('source')
    .execute();
  return new Set(rows.map(({ source }) => source.toString('hex')));
}
