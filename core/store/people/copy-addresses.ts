import { sql } from 'kysely';
import type { AccountId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** Where somebody wants copies of class mail. */
interface CopyAddress {
  readonly address: string;
  /** Null: a code was mailed there, and nobody has given it back yet. */
  readonly confirmedAt: Date | null;
  /** Since then none leaves any more: too many came back. */
  readonly stoppedAt: Date | null;
  /** When the code was mailed; null: none is good any more. */
  readonly codeMadeAt: Date | null;
}

export async function copyAddressOf(tx: SchoolTx, account: AccountId): Promise<CopyAddress | null> {
  const row = await own(tx)
    .selectFrom('copy_address', { account_id: account })
    .select([
      'address',
      'confirmed_at as confirmedAt',
      'stopped_at as stoppedAt',
      'code_made_at as codeMadeAt',
    ])
    .executeTakeFirst();
  return row ?? null;
}

interface CopiesWish {
  readonly account: AccountId;
  readonly address: string;
  readonly codeHash: Buffer;
  readonly now: Date;
}

/** Takes the place of whatever was there: until the code is given back, no copy leaves. */
export async function askForCopies(tx: SchoolTx, wish: CopiesWish): Promise<void> {
  const asked = {
    address: wish.address,
    confirmed_at: null,
    stopped_at: null,
    code_hash: wish.codeHash,
    code_made_at: wish.now,
    code_tries: 0,
  };
  await own(tx)
    .insertInto('copy_address', { account_id: wish.account, ...asked })
    .onConflict((conflict) => conflict.columns(['school_id', 'account_id']).doUpdateSet(asked))
    .execute();
}

/** What is looked at of a code: so many tries, for so long. */
interface CodeLimits {
  readonly tries: number;
  readonly madeAfter: Date;
}

/** Counts a try, and gives what the code hashes to; null where none is good any more. */
export async function takeCodeTry(
  tx: SchoolTx,
  account: AccountId,
  { tries, madeAfter }: CodeLimits,
): Promise<Buffer | null> {
  const row = await own(tx)
    .updateTable('copy_address', { account_id: account })
    .set({ code_tries: sql<number>`code_tries + 1` })
    .where('code_tries', '<', tries)
    .where('code_made_at', '>', madeAfter)
    .returning('code_hash')
    .executeTakeFirst();
  return row?.code_hash ?? null;
}

/** From now on copies leave; the code is good no more. False: somebody else has used it. */
export async function confirmCopies(
  tx: SchoolTx,
  { account, codeHash, now }: Omit<CopiesWish, 'address'>,
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('copy_address', { account_id: account, code_hash: codeHash })
    .set({ confirmed_at: now, code_hash: null, code_made_at: null, code_tries: 0 })
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** No copy leaves any more, since they come back; false where none did. */
export async function stopCopies(tx: SchoolTx, account: AccountId, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('copy_address', { account_id: account, stopped_at: null })
    .set({ stopped_at: now })
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Forgets the address; false where there was none. */
export async function forgetCopyAddress(tx: SchoolTx, account: AccountId): Promise<boolean> {
  const { numDeletedRows } = await own(tx)
    .deleteFrom('copy_address', { account_id: account })
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
