import type { AccountId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';

/** Who was last told that the backups are in trouble. `tx` sees the town. */
export async function toldOfTrouble(tx: SchoolTx): Promise<ReadonlySet<AccountId>> {
  const rows = await tx.db
    .selectFrom('backup_notice')
    .select('account_id')
    .where('school_id', '=', tx.school)
    .where('is_red', '=', true)
    .execute();
  return new Set(rows.map(({ account_id }) => account_id));
}

/**
 * Notes what an agent is told, in the transaction that tells it. False: another process has told
 * the same meanwhile. Of two at one moment the second waits for the first.
 */
export async function noteTold(
  tx: SchoolTx,
  account: AccountId,
  { isRed }: { readonly isRed: boolean },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('backup_notice')
    .values({ school_id: tx.school, account_id: account, is_red: isRed })
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'account_id'])
        .doUpdateSet({ is_red: isRed })
        .where('backup_notice.is_red', '<>', isRed),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
