import { sql } from 'kysely';
import type { AddressId, MessageId } from '../../ground/ids.ts';
import { eraseNotice, noticesOf } from '../boards/notices.ts';
import { eraseFilesOf } from '../cupboard/throwing.ts';
import { eraseOrphans, type ErasedCount } from '../mail/erasing.ts';
import type { SchoolTx } from '../store.ts';
import { eraseFromWeeks } from '../week/ticks.ts';
import type { LeaverRow } from './leavers.ts';
import { leaveOwnGroups } from './own-groups.ts';

/** More than one child proposes in a year. */
const MOST_IDEAS = 10_000;

/**
 * Erases what a school has of somebody by their address, and not by their account: letters that
 * wait for a word before they come to them, what they made for walls, boards and cupboards, what
 * they ticked, whom they wrote to. It lies in their own school and in each where they were before.
 */
export async function eraseTraces(
  tx: SchoolTx,
  { addressId, role }: Pick<LeaverRow, 'addressId' | 'role'>,
): Promise<Omit<ErasedCount, 'entries'>> {
  const messages = await eraseHolds(tx, addressId);
  await sql`
    delete from kept_apart
    where school_id = ${tx.school}
      and (one_address_id = ${addressId} or other_address_id = ${addressId})
  `.execute(tx.db);
  await sql`
    delete from wall_item
    where school_id = ${tx.school} and author_address_id = ${addressId}
  `.execute(tx.db);
  await sql`
    delete from wall_wish
    where school_id = ${tx.school} and author_address_id = ${addressId}
  `.execute(tx.db);
  await sql`
    delete from contact
    where school_id = ${tx.school}
      and (from_address_id = ${addressId} or to_address_id = ${addressId})
  `.execute(tx.db);
  await eraseFromWeeks(tx, addressId);
  await leaveOwnGroups(tx, addressId);
  await eraseFilesOf(tx, { author: addressId, isChild: role === 'pupil' });
  // What a child has proposed for a board is theirs; a grown-up's notices are the class's.
  for (const { id } of await noticesOf(tx, { of: 'own-ideas', author: addressId }, MOST_IDEAS))
    await eraseNotice(tx, id);
  return eraseOrphans(tx, messages);
}

/** Gives the messages that were held for them. */
async function eraseHolds(tx: SchoolTx, recipient: AddressId): Promise<MessageId[]> {
  const { rows } = await sql<{ message_id: MessageId }>`
    with
      gone as (
        delete from hold
        where school_id = ${tx.school} and recipient_address_id = ${recipient}
        returning id, message_id
      ),
      not_due as (
        delete from due d using gone
        where d.school_id = ${tx.school}
          and d.kind in ('hold', 'moderation')
          and d.row_id = gone.id
      )
    select distinct message_id
    from gone
  `.execute(tx.db);
  return rows.map(({ message_id }) => message_id);
}
