import { sql } from 'kysely';
import type { AccountId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import { eraseNotice, noticesOf } from '../boards/notices.ts';
import { eraseFilesOf } from '../cupboard/throwing.ts';
import { eraseCounted, eraseOrphans, type ErasedCount } from '../mail/erasing.ts';
import { accountTables } from '../schools/school-move.ts';
import type { SchoolTx } from '../store.ts';
import { eraseFromWeeks } from '../week/ticks.ts';
import type { LeaverRow } from './leavers.ts';
import { leaveOwnGroups } from './own-groups.ts';

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

/** More than one child proposes in a year. */
const MOST_IDEAS = 10_000;

type LeaverKeys = Pick<LeaverRow, 'account' | 'addressId' | 'role'>;

/**
 * Erases an account whose mailboxes are empty: what left for outside, what waits for it, its codes
 * and its name. Its address stays given, to nobody else ever, and leads nowhere; who was in which
 * class when stays too, by that address alone.
 */
export async function eraseAccount(
  tx: SchoolTx,
  leaver: LeaverKeys,
): Promise<Omit<ErasedCount, 'entries'>> {
  const messages = await messagesWaitingFor(tx, leaver);
  await eraseWhatWaits(tx, leaver);
  const { account, addressId } = leaver;
  for (const { table, column } of await accountTables(tx))
    await sql`
      delete from ${sql.table(table)}
      where school_id = ${tx.school} and ${sql.ref(column)} = ${account}
    `.execute(tx.db);
  await leaveOwnGroups(tx, addressId);
  await eraseFilesOf(tx, { author: addressId, isChild: leaver.role === 'pupil' });
  // What a child has proposed for a board is theirs; a grown-up's notices are the class's.
  for (const { id } of await noticesOf(tx, { of: 'own-ideas', author: addressId }, MOST_IDEAS))
    await eraseNotice(tx, id);
  const erased = await eraseOrphans(tx, messages);
  await sql`update address set target_id = null, present_in = '{}' where id = ${addressId}`.execute(
    tx.db,
  );
  await sql`delete from account where school_id = ${tx.school} and id = ${account}`.execute(tx.db);
  return erased;
}

/** Messages that only what waits for a leaver, or left for them, still needs. */
async function messagesWaitingFor(
  tx: SchoolTx,
  { account, addressId }: LeaverKeys,
): Promise<MessageId[]> {
  const { rows } = await sql<{ message_id: MessageId }>`
    select message_id
    from outbox
    where school_id = ${tx.school} and account_id = ${account}
    union
    select message_id
    from hold
    where school_id = ${tx.school} and recipient_address_id = ${addressId}
  `.execute(tx.db);
  return rows.map(({ message_id }) => message_id);
}

async function eraseWhatWaits(tx: SchoolTx, { account, addressId }: LeaverKeys): Promise<void> {
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
          d.kind in ('hold', 'moderation')
          and d.row_id in (
            select id
            from hold
            where school_id = ${tx.school} and recipient_address_id = ${addressId}
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
  await sql`
    delete from hold
    where school_id = ${tx.school} and recipient_address_id = ${addressId}
  `.execute(tx.db);
  await sql`
    delete from kept_apart
    where school_id = ${tx.school}
      and (one_address_id = ${addressId} or other_address_id = ${addressId})
  `.execute(tx.db);
  await sql`
    delete from wall_item
    where school_id = ${tx.school} and author_address_id = ${addressId}
  `.execute(tx.db);
  await eraseFromWeeks(tx, addressId);
  await sql`
    delete from wall_wish
    where school_id = ${tx.school} and author_address_id = ${addressId}
  `.execute(tx.db);
  await sql`
    delete from contact
    where school_id = ${tx.school}
      and (from_address_id = ${addressId} or to_address_id = ${addressId})
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
