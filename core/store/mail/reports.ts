import type { AccountId, MailboxId, Uid } from '../../ids.ts';
import type { SchoolTx } from '../store.ts';

/**
 * Writes down that somebody reported a message of theirs, once; gives its subject, or null where it
 * isn't theirs.
 */
export async function reportOf(
  tx: SchoolTx,
  {
    account,
    mailbox,
    uid,
  }: { readonly account: AccountId; readonly mailbox: MailboxId; readonly uid: Uid },
): Promise<string | null> {
  const row = await tx.db
    .selectFrom('entry as e')
    .innerJoin('mailbox as b', (join) =>
      join.onRef('b.school_id', '=', 'e.school_id').onRef('b.id', '=', 'e.mailbox_id'),
    )
    .innerJoin('message as m', (join) =>
      join.onRef('m.school_id', '=', 'e.school_id').onRef('m.id', '=', 'e.message_id'),
    )
    .select(['m.id', 'm.subject'])
    .where('e.school_id', '=', tx.school)
    .where('e.mailbox_id', '=', mailbox)
    .where('e.uid', '=', uid)
    .where('b.account_id', '=', account)
    .executeTakeFirst();
  if (!row) return null;
  await tx.db
    .insertInto('report')
    .values({
      school_id: tx.school,
      message_id: row.id,
      account_id: account,
      closed_by: null,
      closed_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['school_id', 'message_id', 'account_id']).doNothing(),
    )
    .execute();
  return row.subject;
}
