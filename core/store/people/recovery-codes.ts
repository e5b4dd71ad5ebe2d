import { sql } from 'kysely';
import type { AccountId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** Keeps these and no others. */
export async function saveRecoveryCodes(
  tx: SchoolTx,
  account: AccountId,
  { hashes, now }: { readonly hashes: readonly Buffer[]; readonly now: Date },
): Promise<void> {
  await deleteRecoveryCodes(tx, account);
  await sql`
    insert into recovery_code (school_id, account_id, code_hash, made_at)
    select ${tx.school}, ${account}, hash, ${now}
    from unnest(${[...hashes]}::bytea[]) as hash
  `.execute(tx.db);
}

export async function deleteRecoveryCodes(tx: SchoolTx, account: AccountId): Promise<void> {
  await own(tx).deleteFrom('recovery_code', { account_id: account }).execute();
}

/** How many are good still, and since when; null where none was ever made. */
export async function recoveryCodesOf(
  tx: SchoolTx,
  account: AccountId,
): Promise<{ readonly left: number; readonly madeAt: Date } | null> {
  const rows = await own(tx)
    .selectFrom('recovery_code', { account_id: account })
    .select(['made_at', 'used_at'])
    .execute();
  const [first] = rows;
  return first
    ? { left: rows.filter((row) => row.used_at === null).length, madeAt: first.made_at }
    : null;
}

/** Uses a code up. False: there is none, or it was used; of two at the same moment one is. */
export async function useRecoveryCode(
  tx: SchoolTx,
  account: AccountId,
  { hash, now }: { readonly hash: Buffer; readonly now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('recovery_code', { account_id: account, code_hash: hash, used_at: null })
    .set({ used_at: now })
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
