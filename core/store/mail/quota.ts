import { sql } from 'kysely';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { compiledOnce } from '../compiled-once.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx, SchoolWriteTx } from '../store.ts';
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
  `.execute(tx.kept);
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
  `.execute(tx.kept);
  const quota = await quotaOf(tx, account);
  return quota === null || quota.usedBytes > quota.limitBytes;
}

/**
 * Ahead of the next statement: with so many bytes more the account must not be past its quota, else
 * that fails with `mailbox-full`. Two at once are both counted.
 */
export function requireRoomFor(tx: SchoolWriteTx, account: AccountId, bytes: number): void {
  tx.line.ahead(locking({ school: tx.school, account }));
  requireRoom(tx, [account], bytes);
}

const locking = compiledOnce<{ readonly school: SchoolId; readonly account: AccountId }, unknown>(
  (at) => sql`
    select
    from account
    where school_id = ${at.school} and id = ${at.account}
    for no key update
  `,
);

/**
 * Ahead of the next statement: none of these accounts' mail may go past its quota with so many
 * bytes more, or that fails with `mailbox-full`.
 */
export function requireRoom(
  tx: SchoolWriteTx,
  accounts: readonly AccountId[],
  sizeBytes: number,
): void {
  if (accounts.length === 0) return;
  tx.line.ahead(requiringRoom({ accounts, sizeBytes }));
}

const requiringRoom = compiledOnce<
  { readonly accounts: readonly AccountId[]; readonly sizeBytes: number },
  unknown
>((at) => sql`select require_room(${at.accounts}::bigint[], ${at.sizeBytes})`);

/**
 * Of these accounts, those whose mail would go past their quota with so many bytes more; since when
 * each is full, null for not before now.
 */
export async function fullAccounts(
  tx: SchoolTx,
  accounts: readonly AccountId[],
  sizeBytes: number,
): Promise<{ account: AccountId; since: Date | null }[]> {
  if (accounts.length === 0) return [];
  const { rows } = await sql<{ account: AccountId; since: Date | null }>`
    select a.id as account, a.full_since as since from account a
    join mailbox b on b.school_id = a.school_id and b.account_id = a.id
    where a.school_id = ${tx.school} and a.id = any(${accounts}::bigint[])
    group by a.id, a.full_since, a.quota_bytes
    having sum(b.bytes) + ${sizeBytes} > a.quota_bytes`.execute(tx.kept);
  return rows;
}

/** Remembers since when an account has been too full for its mail; kept at the first time. */
export async function markFull(tx: SchoolTx, account: AccountId, since: Date): Promise<void> {
  await ownKept(tx)
    .updateTable('account', { id: account })
    .set({ full_since: sql<Date>`coalesce(full_since, ${since})` })
    .execute();
}

/**
 * What an account's mailboxes hold together, what they may, and whether mail has been turned away
 * since.
 */
export async function roomOf(
  tx: SchoolTx,
  account: AccountId,
): Promise<{ readonly usedBytes: number; readonly quotaBytes: number; readonly isFull: boolean }> {
  const {
    rows: [row],
  } = await sql<{ used: string; quota: number; full: boolean }>`
    select (
      select coalesce(sum(bytes), 0)
      from mailbox b
      where b.school_id = a.school_id and b.account_id = a.id
    ) as used,
      a.quota_bytes as quota,
      a.full_since is not null as full
    from account a
    where a.school_id = ${tx.school} and a.id = ${account}
  `.execute(tx.kept);
  return {
    usedBytes: Number(row?.used ?? 0),
    quotaBytes: row?.quota ?? 0,
    isFull: row?.full ?? false,
  };
}
