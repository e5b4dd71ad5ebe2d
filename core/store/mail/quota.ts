import { sql } from 'kysely';
import type { AccountId } from '../../ids.ts';
import { ahead } from '../connections.ts';
import type { SchoolTx } from '../store.ts';
import type { Quota } from './contract.ts';

/** What an account keeps, and may keep. */
export async function quotaOf(tx: SchoolTx, account: AccountId): Promise<Quota | null> {
  const {
    rows: [row],
  } = await sql<{ used: number; quota: number }>`
    select a.quota_bytes as quota,
      (
        select coalesce(sum(bytes), 0)::bigint
        from mailbox b
        where b.school_id = a.school_id and b.account_id = a.id
      ) as used
    from account a
    where a.school_id = ${tx.school} and a.id = ${account}
  `.execute(tx.db);
  return row ? { usedBytes: row.used, limitBytes: row.quota } : null;
}

/**
 * The same as a question, of what this transaction has written too. The account's row stays locked:
 * mailboxes first, then accounts, everywhere.
 */
export async function isOverQuota(tx: SchoolTx, account: AccountId): Promise<boolean> {
  await sql`
    select
    from account
    where school_id = ${tx.school} and id = ${account}
    for no key update
  `.execute(tx.db);
  const quota = await quotaOf(tx, account);
  return quota === null || quota.usedBytes > quota.limitBytes;
}

/**
 * Ahead of the next statement: with so many bytes more the account must not be past its quota, else
 * that fails with `mailbox-full`. Two at once are both counted.
 */
export async function requireRoomFor(
  tx: SchoolTx,
  account: AccountId,
  bytes: number,
): Promise<void> {
  await ahead(
    tx.db,
    sql`select from account where school_id = ${tx.school} and id = ${account} for no key update`,
  );
  await ahead(tx.db, sql`select require_room(${[account]}::bigint[], ${bytes})`);
}
