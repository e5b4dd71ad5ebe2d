import { sql } from 'kysely';
import type { AccountId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import { eraseCounted, eraseOrphans, type ErasedCount } from '../mail/erasing.ts';
import { accountTables } from '../schools/school-move.ts';
import type { SchoolTx } from '../store.ts';
import { eraseTraces } from './erase-traces.ts';
import type { LeaverRow } from './leavers.ts';

/**
 * Erases the next `limit` entries of an account, at most of one mailbox, with the messages that
 * nobody else has. No entries: all is gone.
 */
export async function eraseSome(
  tx: SchoolTx,
  account: AccountId,
  limit: number,
): Promise<ErasedCount> {
  const { rows } = await sql<{ mailbox_id: MailboxId; uid: Uid }>`
    select e.mailbox_id, e.uid
    from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id
    where e.school_id = ${tx.school} and b.account_id = ${account}
    order by e.mailbox_id, e.uid
    limit ${limit}
  `.execute(tx.db);
  const [first] = rows;
  if (first === undefined) return { entries: 0, messages: 0, bytes: 0 };
  return eraseCounted(
    tx,
    first.mailbox_id,
    rows.filter(({ mailbox_id }) => mailbox_id === first.mailbox_id).map(({ uid }) => uid),
  );
}

/**
 * Erases an account whose mailboxes are empty: what left for outside, what waits for it, its codes
 * and its name. Its address stays given, to nobody else ever, and leads nowhere; who was in which
 * class when stays too, by that address alone.
 */
export async function eraseAccount(
  tx: SchoolTx,
  leaver: Pick<LeaverRow, 'account' | 'addressId' | 'role'>,
): Promise<Omit<ErasedCount, 'entries'>> {
  const { account, addressId } = leaver;
  const messages = await messagesLeaving(tx, account);
  await eraseItsDue(tx, account);
  for (const { table, column } of await accountTables(tx))
    await sql`
      delete from ${sql.table(table)}
      where school_id = ${tx.school} and ${sql.ref(column)} = ${account}
    `.execute(tx.db);
  const traces = await eraseTraces(tx, leaver);
  const left = await eraseOrphans(tx, messages);
  await sql`update address set target_id = null, present_in = '{}' where id = ${addressId}`.execute(
    tx.db,
  );
  await sql`delete from account where school_id = ${tx.school} and id = ${account}`.execute(tx.db);
  return { messages: traces.messages + left.messages, bytes: traces.bytes + left.bytes };
}

/** Messages that went out for an account, and that nothing else may need. */
async function messagesLeaving(tx: SchoolTx, account: AccountId): Promise<MessageId[]> {
  const { rows } = await sql<{ message_id: MessageId }>`
    select message_id
    from outbox
    where school_id = ${tx.school} and account_id = ${account}
  `.execute(tx.db);
  return rows.map(({ message_id }) => message_id);
}

async function eraseItsDue(tx: SchoolTx, account: AccountId): Promise<void> {
  await sql`
    delete from due d
    where d.school_id = ${tx.school}
      and (
        (
          d.kind = 'outbox'
          and d.row_id in (
            select id from outbox where school_id = ${tx.school} and account_id = ${account}
          )
        )
        or (
          d.kind = 'absence'
          and d.row_id in (
            select id from absence_reply where school_id = ${tx.school} and account_id = ${account}
          )
        )
        or (
          d.kind = 'copy'
          and d.row_id in (
            select id from letter_copy where school_id = ${tx.school} and account_id = ${account}
          )
        )
        or (d.kind in ('leaver', 'erasure') and d.row_id = ${account})
      )
  `.execute(tx.db);
}

/** Deliveries to these mailboxes wait until the transaction ends, and then find them gone. */
export async function lockMailboxes(tx: SchoolTx, account: AccountId): Promise<void> {
  await sql`
    select id
    from mailbox
    where school_id = ${tx.school} and account_id = ${account}
    order by id
    for update
  `.execute(tx.db);
}
