import type { AccountId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** What agents are told of when it goes wrong, and when it is well again. */
export type TroubleSubject = 'backups' | 'isolation';

/** Who was last told that it is in trouble. `tx` sees the town. */
export async function toldOfTrouble(
  tx: SchoolTx,
  about: TroubleSubject,
): Promise<ReadonlySet<AccountId>> {
  const rows = await own(tx)
    .selectFrom('trouble_notice', { about, is_red: true })
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
  { about, isRed }: { readonly about: TroubleSubject; readonly isRed: boolean },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await own(tx)
    .insertInto('trouble_notice', { account_id: account, about, is_red: isRed })
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'account_id', 'about'])
        .doUpdateSet({ is_red: isRed })
        .where('trouble_notice.is_red', '<>', isRed),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
