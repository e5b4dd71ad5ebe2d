import type { AccountId, AddressId } from '../../ground/ids.ts';
import { dropDue, makeDue } from '../due.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { DraftRef } from './contract.ts';
import { draftState } from './drafts.ts';
import { lockMailbox } from './entries.ts';

/** A draft that leaves by itself: when the scanner answers again, or at an hour. */
interface LeavingDraft {
  readonly account: AccountId;
  readonly addressId: AddressId;
  readonly ref: DraftRef;
}

/**
 * Lets a draft wait for the scanner: it is looked at again from `at` on. Waiting already, for
 * whatever, it waits for the scanner from now on. One that is gone waits for nothing.
 */
export async function waitForScanner(
  tx: SchoolTx,
  account: AccountId,
  { ref, at }: Pick<Departure, 'ref' | 'at'>,
): Promise<void> {
  await lockMailbox(tx, ref.mailbox);
  if ((await draftState(tx, account, ref)) === null) return;
  const row = await ownKept(tx)
    .insertInto('waiting_draft', {
      account_id: account,
      mailbox_id: ref.mailbox,
      uid: ref.uid,
      leaves_at: null,
      begun_at: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'mailbox_id', 'uid'])
        .doUpdateSet({ reason: 'scanner', leaves_at: null, begun_at: null }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  await makeDue(tx, 'draft', [{ id: row.id, at }]);
}

interface Departure {
  readonly ref: DraftRef;
  readonly reason: 'undo' | 'later';
  readonly at: Date;
}

/**
 * Lets a draft leave at an hour, and gives the hour that holds: of two presses of one button, or of
 * two windows, the first one's. One that waits for the scanner waits for its hour instead, unless
 * it is being sent just now. Null: the draft is gone.
 */
export async function leaveAt(
  tx: SchoolTx,
  account: AccountId,
  { ref, reason, at }: Departure,
): Promise<Date | null> {
  await lockMailbox(tx, ref.mailbox);
  const state = await draftState(tx, account, ref);
  if (state === null) return null;
  if (state.leavesAt !== null) return state.leavesAt;
  const row = await ownKept(tx)
    .insertInto('waiting_draft', {
      account_id: account,
      mailbox_id: ref.mailbox,
      uid: ref.uid,
      reason,
      leaves_at: at,
      begun_at: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'mailbox_id', 'uid'])
        .doUpdateSet({ reason, leaves_at: at })
        .where('waiting_draft.begun_at', 'is', null),
    )
    .returning('id')
    .executeTakeFirst();
  if (!row) return at;
  await makeDue(tx, 'draft', [{ id: row.id, at }]);
  return at;
}

/**
 * Takes a draft in hand to send it: from here on it can't be called back. Null where it waits no
 * longer.
 */
export async function beginLeaving(
  tx: SchoolTx,
  id: number,
  now: Date,
): Promise<LeavingDraft | null> {
  const row = await tx.kept
    .updateTable('waiting_draft as w')
    .from('account as a')
    .set({ begun_at: now })
    .whereRef('a.school_id', '=', 'w.school_id')
    .whereRef('a.id', '=', 'w.account_id')
    .where('w.school_id', '=', tx.school)
    .where('w.id', '=', id)
    .returning(['w.account_id', 'a.address_id', 'w.mailbox_id', 'w.uid'])
    .executeTakeFirst();
  if (!row) return null;
  return {
    account: row.account_id,
    addressId: row.address_id,
    ref: { mailbox: row.mailbox_id, uid: row.uid },
  };
}

/** Calls a draft back that hasn't been taken in hand; false where it is too late, or waits not. */
export async function callBack(tx: SchoolTx, { mailbox, uid }: DraftRef): Promise<boolean> {
  const row = await ownKept(tx)
    .deleteFrom('waiting_draft', { mailbox_id: mailbox, uid, begun_at: null })
    .returning('id')
    .executeTakeFirst();
  if (!row) return false;
  await dropDue(tx, 'draft', row.id);
  return true;
}

/** The drafts of an account that leave at an hour, the next first. */
export async function leavingDrafts(
  tx: SchoolTx,
  account: AccountId,
  limit: number,
): Promise<readonly DraftRef[]> {
  const rows = await ownKept(tx)
    .selectFrom('waiting_draft', { account_id: account })
    .select(['mailbox_id', 'uid'])
    .where('leaves_at', 'is not', null)
    .orderBy('leaves_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ mailbox: row.mailbox_id, uid: row.uid }));
}

/** The draft waits no longer, whether it left or not. */
export async function endWaiting(tx: SchoolTx, id: number): Promise<void> {
  await ownKept(tx).deleteFrom('waiting_draft', { id }).execute();
  await dropDue(tx, 'draft', id);
}

/** The same by the draft, where it waits at all. */
export async function endWaitingOf(tx: SchoolTx, { mailbox, uid }: DraftRef): Promise<void> {
  const row = await ownKept(tx)
    .selectFrom('waiting_draft', { mailbox_id: mailbox, uid })
    .select('id')
    .executeTakeFirst();
  if (row) await endWaiting(tx, row.id);
}
