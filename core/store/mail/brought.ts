import { sql } from 'kysely';
import type { AccountId } from '../../ground/ids.ts';
import { own } from '../own.ts';
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
  const rows = await own(tx)
    .selectFrom('brought_message', { account_id: account, source: sql<Buffer>`any(${sources})` })
    .select('source')
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
  const rows = await own(tx)
    .insertInto(
      'brought_message',
      sources.map((source) => ({ account_id: account, source })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('source')
    .execute();
  return new Set(rows.map(({ source }) => source.toString('hex')));
}
