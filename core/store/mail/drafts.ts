import { sql } from 'kysely';
import type { AccountId, AddressId, MailboxId, Uid } from '../../ids.ts';
import type { SchoolTx } from '../store.ts';
import type { DraftRef } from './contract.ts';

/** A draft that leaves by itself when the scanner answers again. */
interface WaitingDraft {
  readonly account: AccountId;
  readonly addressId: AddressId;
  readonly ref: DraftRef;
}

/**
 * Lets a draft wait for the scanner: it is looked at again from `at` on. Waiting already, it only
 * waits on.
 */
export async function waitForScanner(
  tx: SchoolTx,
  account: AccountId,
  { mailbox, uid }: DraftRef,
  at: Date,
): Promise<void> {
  const row = await tx.db
    .insertInto('waiting_draft')
    .values({ school_id: tx.school, account_id: account, mailbox_id: mailbox, uid })
    .onConflict((conflict) => conflict.columns(['school_id', 'mailbox_id', 'uid']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row)
    await tx.db
      .insertInto('due')
      .values({ kind: 'draft', school_id: tx.school, row_id: row.id, at })
      .execute();
}

export async function waitingDraft(tx: SchoolTx, id: number): Promise<WaitingDraft | null> {
  const row = await tx.db
    .selectFrom('waiting_draft as w')
    .innerJoin('account as a', (join) =>
      join.onRef('a.school_id', '=', 'w.school_id').onRef('a.id', '=', 'w.account_id'),
    )
    .select(['w.account_id', 'a.address_id', 'w.mailbox_id', 'w.uid'])
    .where('w.school_id', '=', tx.school)
    .where('w.id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  return {
    account: row.account_id,
    addressId: row.address_id,
    ref: { mailbox: row.mailbox_id, uid: row.uid },
  };
}

/** The draft waits no longer, whether it left or not. */
export async function endWaiting(tx: SchoolTx, id: number): Promise<void> {
  await tx.db
    .deleteFrom('waiting_draft')
    .where('school_id', '=', tx.school)
    .where('id', '=', id)
    .execute();
  await tx.db
    .deleteFrom('due')
    .where('kind', '=', 'draft')
    .where('school_id', '=', tx.school)
    .where('row_id', '=', id)
    .execute();
}

/** The same by the draft, where it waits at all. */
export async function endWaitingOf(tx: SchoolTx, { mailbox, uid }: DraftRef): Promise<void> {
  const row = await tx.db
    .selectFrom('waiting_draft')
    .select('id')
    .where('school_id', '=', tx.school)
    .where('mailbox_id', '=', mailbox)
    .where('uid', '=', uid)
    .executeTakeFirst();
  if (row) await endWaiting(tx, row.id);
}

/**
 * The draft with this Message-ID in a mailbox of drafts; the latest, where a program has made a
 * copy.
 */
export async function draftOfLetter(
  tx: SchoolTx,
  mailbox: MailboxId,
  messageId: string,
): Promise<Uid | null> {
  const {
    rows: [row],
  } = await sql<{ uid: Uid }>`
    select e.uid
    from message m join entry e on e.school_id = m.school_id and e.message_id = m.id
    where m.school_id = ${tx.school}
      and m.header_id = ${messageId}
      and e.mailbox_id = ${mailbox}
      and e.draft
    order by e.uid desc
    limit 1
  `.execute(tx.db);
  return row?.uid ?? null;
}

/** What an account has sent with this Message-ID, wherever its copy lies. */
export async function sentLetter(
  tx: SchoolTx,
  account: AccountId,
  messageId: string,
): Promise<DraftRef | null> {
  const {
    rows: [row],
  } = await sql<DraftRef>`
    select e.mailbox_id as mailbox, e.uid
    from message m
      join entry e on e.school_id = m.school_id
      and e.message_id = m.id
      join mailbox b on b.school_id = e.school_id
      and b.id = e.mailbox_id
      join account a on a.school_id = b.school_id
      and a.id = b.account_id
    where m.school_id = ${tx.school}
      and m.header_id = ${messageId}
      and m.origin = 'web'
      and not e.draft
      and b.account_id = ${account}
      and a.address_id = m.sender_address_id
      and b.use is distinct from 'drafts'
    limit 1
  `.execute(tx.db);
  return row ?? null;
}

/**
 * Whether a draft waits for the scanner, and when it was saved; null where it isn't a draft of this
 * account.
 */
export async function draftState(
  tx: SchoolTx,
  account: AccountId,
  { mailbox, uid }: DraftRef,
): Promise<{ readonly at: Date; readonly waiting: boolean } | null> {
  const {
    rows: [row],
  } = await sql<{ at: Date; waiting: boolean }>`
    select e.internal_date as at,
      exists (
        select
        from waiting_draft w
        where w.school_id = e.school_id and w.mailbox_id = e.mailbox_id and w.uid = e.uid
      ) as waiting
    from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id
    where e.school_id = ${tx.school}
      and e.mailbox_id = ${mailbox}
      and e.uid = ${uid}
      and e.draft
      and b.account_id = ${account}
  `.execute(tx.db);
  return row ?? null;
}
