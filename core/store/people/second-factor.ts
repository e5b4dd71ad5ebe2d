import type { AccountId } from '../../ground/ids.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';

interface SecondFactorRow {
  /** The sealed key. */
  readonly secret: Buffer;
  readonly confirmedAt: Date;
  /** Since when they have the sheet of their recovery codes, as they say; null: not yet. */
  readonly sheetKeptAt: Date | null;
}

export async function secondFactorOf(
  tx: SchoolTx,
  account: AccountId,
): Promise<SecondFactorRow | null> {
  const row = await ownKept(tx)
    .selectFrom('second_factor', { account_id: account })
    .select(['secret', 'confirmed_at', 'sheet_kept_at'])
    .executeTakeFirst();
  return row
    ? { secret: row.secret, confirmedAt: row.confirmed_at, sheetKeptAt: row.sheet_kept_at }
    : null;
}

interface NewSecondFactor {
  readonly account: AccountId;
  readonly secret: Buffer;
  readonly now: Date;
  readonly step: number;
}

/** False: the account has one already, and keeps it. */
export async function insertSecondFactor(tx: SchoolTx, made: NewSecondFactor): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await ownKept(tx)
    .insertInto('second_factor', {
      account_id: made.account,
      secret: made.secret,
      confirmed_at: made.now,
      last_step: made.step,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/**
 * Uses up a step, and all before it (RFC 6238 §5.2). False: it was used, or a younger one. Of two
 * at the same moment one is.
 */
export async function useStep(tx: SchoolTx, account: AccountId, step: number): Promise<boolean> {
  const { numUpdatedRows } = await ownKept(tx)
    .updateTable('second_factor', { account_id: account })
    .set({ last_step: step })
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Null: the sheet that they had is void. False: there is no second factor. */
export async function saveSheetKept(
  tx: SchoolTx,
  account: AccountId,
  at: Date | null,
): Promise<boolean> {
  const { numUpdatedRows } = await ownKept(tx)
    .updateTable('second_factor', { account_id: account })
    .set({ sheet_kept_at: at })
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** False: there was none. */
export async function deleteSecondFactor(tx: SchoolTx, account: AccountId): Promise<boolean> {
  const { numDeletedRows } = await ownKept(tx)
    .deleteFrom('second_factor', { account_id: account })
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
