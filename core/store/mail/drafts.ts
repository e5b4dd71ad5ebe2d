import { sql } from 'kysely';
import type { AccountId, AddressId, DraftRef, MailboxId, Uid } from '../../core.ts';
import type { SchoolTx } from '../store.ts';

/** A draft that leaves by itself when the scanner answers again. */
export interface WaitingDraft {
  readonly account: AccountId;
  readonly addressId: AddressId;
  readonly ref: DraftRef;
}

/** Lets a draft wait for the scanner: it is looked at again from `at` on. Waiting already, it only waits on. */
export async function waitForScanner(tx: SchoolTx, account: AccountId, { mailbox, uid }: DraftRef, at: Date): Promise<void> {
  const row = await tx.db.insertInto('waiting_draft').values({ school_id: tx.school, account_id: account, mailbox_id: mailbox, uid })
    .onConflict((conflict) => conflict.columns(['school_id', 'mailbox_id', 'uid']).doNothing()).returning('id').executeTakeFirst();
  if (row) await tx.db.insertInto('due').values({ kind: 'draft', school_id: tx.school, row_id: row.id, at }).execute();
}

export async function waitingDraft(tx: SchoolTx, id: number): Promise<WaitingDraft | null> {
  const row = await tx.db.selectFrom('waiting_draft as w')
    .innerJoin('account as a', (join) => join.onRef('a.school_id', '=', 'w.school_id').onRef('a.id', '=', 'w.account_id'))
    .select(['w.account_id', 'a.address_id', 'w.mailbox_id', 'w.uid']).where('w.school_id', '=', tx.school).where('w.id', '=', id).executeTakeFirst();
  if (!row) return null;
  return { account: row.account_id as AccountId, addressId: row.address_id as AddressId, ref: { mailbox: row.mailbox_id as MailboxId, uid: row.uid as Uid } };
}

/** The draft waits no longer, whether it left or not. */
export async function endWaiting(tx: SchoolTx, id: number): Promise<void> {
  await tx.db.deleteFrom('waiting_draft').where('school_id', '=', tx.school).where('id', '=', id).execute();
  await tx.db.deleteFrom('due').where('kind', '=', 'draft').where('school_id', '=', tx.school).where('row_id', '=', id).execute();
}

/** Whether a draft waits for the scanner, and when it was saved; null where it isn't a draft of this account. */
export async function draftState(tx: SchoolTx, account: AccountId, { mailbox, uid }: DraftRef): Promise<{ readonly at: Date; readonly waiting: boolean } | null> {
  const { rows: [row] } = await sql<{ at: Date; waiting: boolean }>`
    select e.internal_date as at, exists (
      select from waiting_draft w where w.school_id = e.school_id and w.mailbox_id = e.mailbox_id and w.uid = e.uid) as waiting
    from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id
    where e.school_id = ${tx.school} and e.mailbox_id = ${mailbox} and e.uid = ${uid} and e.draft and b.account_id = ${account}`.execute(tx.db);
  return row ?? null;
}
