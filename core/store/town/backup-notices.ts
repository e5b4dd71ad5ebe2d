import type { AccountId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** Who was last told that the backups are in trouble. `tx` sees the town. */
export async function toldOfTrouble(tx: SchoolTx): Promise<ReadonlySet<AccountId>> {
  const rows = await own(tx)
    .selectFrom('backup_notice', { is_red: true })
    .select('account_id')
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
  const { numInsertedOrUpdatedRows } = await own(tx)
    .insertInto('backup_notice', { account_id: account, is_red: isRed })
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'account_id'])
        .doUpdateSet({ is_red: isRed })
        .where('backup_notice.is_red', '<>', isRed),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
