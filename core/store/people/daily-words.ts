import type { AccountId } from '../../ground/ids.ts';
import { makeDue } from '../due.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** Whether somebody wants a word a day, and when they had the last one. */
interface WantedWord {
  readonly isWanted: boolean;
  readonly lastAt: Date | null;
}

export async function wantedWord(tx: SchoolTx, account: AccountId): Promise<WantedWord> {
  const row = await own(tx)
    .selectFrom('account', { id: account, state: 'active', role: 'guardian' })
    .select(['daily_word', 'daily_word_at'])
    .executeTakeFirst();
  return { isWanted: row?.daily_word === true, lastAt: row?.daily_word_at ?? null };
}

/** From now on they have one, the first at `at`; null: they have none any more. */
export async function wantWord(tx: SchoolTx, account: AccountId, at: Date | null): Promise<void> {
  await own(tx)
    .updateTable('account', { id: account, role: 'guardian' })
    .set({ daily_word: at !== null })
    .execute();
  if (at === null) await endWord(tx, account);
  else await makeDue(tx, 'daily-word', [{ id: account, at }]);
}

/** Nothing is due for them any more. */
export async function endWord(tx: SchoolTx, account: AccountId): Promise<void> {
  await own(tx).deleteFrom('due', { kind: 'daily-word', row_id: account }).execute();
}

/** The next look at what waits for them; `toldAt`: they have a word of it now. */
export async function passWord(
  tx: SchoolTx,
  account: AccountId,
  { next, toldAt }: { readonly next: Date; readonly toldAt: Date | null },
): Promise<void> {
  if (toldAt !== null)
    await own(tx).updateTable('account', { id: account }).set({ daily_word_at: toldAt }).execute();
  await makeDue(tx, 'daily-word', [{ id: account, at: next }]);
}
