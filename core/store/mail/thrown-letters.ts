import { sql } from 'kysely';
import type { AccountId, MessageId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';

/** More letters of one account never wait at a time: its rate of sending sees to that. */
const MOST_WAITING = 2_000;

/**
 * Whether an account has letter `l`, or a copy that a mail program made of it, anywhere but in its
 * trash.
 */
const isKept = (account: AccountId) => sql`
  exists (
    select
    from message c
      join entry e on e.school_id = c.school_id
      and e.message_id = c.id
      and not e.draft
      join mailbox b on b.school_id = e.school_id
      and b.id = e.mailbox_id
    where c.school_id = l.school_id
      and (c.id = l.id or c.header_id = l.header_id)
      and b.account_id = ${account}
      and b.use is distinct from 'trash'
  )
`;

/** Letters of an account's own that wait for somebody's word, and that it has not thrown away. */
export async function keptWaiting(tx: SchoolTx, account: AccountId): Promise<MessageId[]> {
  const { rows } = await sql<{ id: MessageId }>`
    with
      waiting as (
        select message_id
        from hold
        where school_id = ${tx.school} and state = 'waiting'
        union
        select message_id
        from held_elsewhere
        where school_id = ${tx.school} and state = 'waiting'
      )
    select l.id
    from waiting w
      join message l on l.school_id = ${tx.school}
      and l.id = w.message_id
      and l.origin in ('web', 'submission')
    where l.sender_address_id = (
        select address_id
        from account
        where school_id = ${tx.school} and id = ${account}
      )
      and ${isKept(account)}
    order by l.id
    limit ${MOST_WAITING}
  `.execute(tx.kept);
  return rows.map(({ id }) => id);
}

/** Which of these letters an account has nothing of any more but in its trash. */
export async function thrownOf(
  tx: SchoolTx,
  account: AccountId,
  letters: readonly MessageId[],
): Promise<MessageId[]> {
  const { rows } = await sql<{ id: MessageId }>`
    select l.id
    from message l
    where l.school_id = ${tx.school}
      and l.id = any(${[...letters]}::bigint[])
      and not ${isKept(account)}
    order by l.id
  `.execute(tx.kept);
  return rows.map(({ id }) => id);
}
