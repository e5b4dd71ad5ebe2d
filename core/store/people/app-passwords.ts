import type { AccountId, AddressId, AppPasswordId } from '../../ground/ids.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';

interface AppPasswordRow {
  readonly id: AppPasswordId;
  readonly name: string;
  readonly madeAt: Date;
  readonly lastUsedAt: Date | null;
}

export function appPasswordsOf(tx: SchoolTx, account: AccountId): Promise<AppPasswordRow[]> {
  return ownKept(tx)
    .selectFrom('app_password', { account_id: account })
    .select(['id', 'name', 'made_at as madeAt', 'last_used_at as lastUsedAt'])
    .orderBy('made_at')
    .orderBy('id')
    .execute();
}

interface NewAppPassword {
  readonly account: AccountId;
  readonly name: string;
  readonly hash: Buffer;
  readonly now: Date;
}

export async function insertAppPassword(
  tx: SchoolTx,
  made: NewAppPassword,
): Promise<AppPasswordId> {
  const row = await ownKept(tx)
    .insertInto('app_password', {
      account_id: made.account,
      name: made.name,
      secret_hash: made.hash,
      made_at: made.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** False: not there, or not this account's. */
export async function deleteAppPassword(
  tx: SchoolTx,
  account: AccountId,
  id: AppPasswordId,
): Promise<boolean> {
  const { numDeletedRows } = await ownKept(tx)
    .deleteFrom('app_password', { account_id: account, id })
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Whose password of a device this is, in this school; null where it is nobody's or was revoked. */
export async function appPasswordOwner(
  tx: SchoolTx,
  hash: Buffer,
): Promise<{
  readonly id: AppPasswordId;
  readonly address: AddressId;
  readonly lastUsedAt: Date | null;
} | null> {
  const row = await tx.kept
    .selectFrom('app_password as p')
    .innerJoin('account as a', (join) =>
      join.onRef('a.school_id', '=', 'p.school_id').onRef('a.id', '=', 'p.account_id'),
    )
    .select(['p.id', 'a.address_id as address', 'p.last_used_at as lastUsedAt'])
    .where('p.school_id', '=', tx.school)
    .where('p.secret_hash', '=', hash)
    .executeTakeFirst();
  return row ?? null;
}

/** Those of an account, all of them. */
export async function deleteAppPasswords(
  tx: SchoolTx,
  account: AccountId,
): Promise<AppPasswordId[]> {
  const rows = await ownKept(tx)
    .deleteFrom('app_password', { account_id: account })
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function hasAppPassword(tx: SchoolTx, id: AppPasswordId): Promise<boolean> {
  return (
    (await ownKept(tx).selectFrom('app_password', { id }).select('id').executeTakeFirst()) !==
    undefined
  );
}

export async function touchAppPassword(tx: SchoolTx, id: AppPasswordId, now: Date): Promise<void> {
  await ownKept(tx).updateTable('app_password', { id }).set({ last_used_at: now }).execute();
}
