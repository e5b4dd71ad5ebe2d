import { sql, type RawBuilder } from 'kysely';
import type { AccountId, MailboxId, Uid } from '../../ground/ids.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import { moveSet } from './carrying.ts';
import type { SpecialUse, UidSet } from './contract.ts';
import { changeFlags } from './flags.ts';
import { rangesOf } from './uid-set.ts';

/** Ranges of UIDs that may come in any order and twice. */
export function setOf(uids: readonly Uid[]): UidSet {
  return rangesOf(uids.toSorted((one, other) => one - other));
}

/** The mailbox of an account with this special use, or null. */
export async function mailboxOf(
  tx: SchoolTx,
  account: AccountId,
  use: SpecialUse,
): Promise<MailboxId | null> {
  const row = await ownKept(tx)
    .selectFrom('mailbox', { account_id: account, use })
    .select('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Lets nobody else change a mailbox until the transaction ends. */
export async function lockMailbox(tx: SchoolTx, mailbox: MailboxId): Promise<void> {
  await sql`
    select
    from mailbox
    where school_id = ${tx.school} and id = ${mailbox}
    for no key update
  `.execute(tx.kept);
}

/** Lets nobody else change several mailboxes: locked in the order of their ids. */
export async function lockMailboxes(tx: SchoolTx, mailboxes: readonly MailboxId[]): Promise<void> {
  await sql`
    select
    from mailbox
    where school_id = ${tx.school} and id = any(${[...mailboxes]}::bigint[])
    order by id
    for no key update
  `.execute(tx.kept);
}

/** Locks the mailboxes in which such entries `e` lie, and gives them. */
export async function lockMailboxesWith(
  tx: SchoolTx,
  entries: RawBuilder<unknown>,
): Promise<MailboxId[]> {
  const { rows } = await sql<{ id: MailboxId }>`
    select id
    from mailbox
    where school_id = ${tx.school}
      and id in (select e.mailbox_id from entry e where e.school_id = ${tx.school} and ${entries})
    order by id
    for no key update
  `.execute(tx.kept);
  return rows.map(({ id }) => id);
}

interface EntryMove {
  readonly from: MailboxId;
  readonly uids: readonly Uid[];
  readonly to: MailboxId;
}

/** Moves entries whose UIDs come in any order. */
export async function moveEntries(tx: SchoolTx, { from, uids, to }: EntryMove): Promise<void> {
  if (uids.length > 0) await moveSet(tx, { from, uids: setOf(uids), to });
}

interface Marks {
  readonly seen?: boolean;
  readonly flagged?: boolean;
  readonly answered?: boolean;
}

/**
 * Sets or clears flags; only entries that really change get a new MODSEQ (RFC 7162 §3.1.3). Returns
 * how many did.
 */
export async function markEntries(
  tx: SchoolTx,
  { mailbox, uids }: { readonly mailbox: MailboxId; readonly uids: readonly Uid[] },
  marks: Marks,
): Promise<number> {
  await lockMailbox(tx, mailbox);
  return (await changeFlags(tx, mailbox, { uids: setOf(uids), flags: marks, unchangedSince: null }))
    .changed.length;
}
