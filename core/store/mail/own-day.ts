import { sql } from 'kysely';
import type { AccountId, AddressId, MailboxId, MessageId, PaperId, Uid } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import { rootOf } from './list-page.ts';
import { rowsWhere, type ListedRow } from './listing.ts';
import { REMINDER_HOURS } from './readers.ts';

/** How far back a day looks: what is older is no longer of it. */
const ANSWER_DAYS = 14;
const READ_DAYS = 7;

/** Whether its conversation goes on after message `m`, in what mailbox `b`'s owner got or sent. */
const goesOn = sql`
  exists (
    select
    from message o
      join entry x on x.school_id = o.school_id and x.message_id = o.id and not x.draft
      join mailbox y on y.school_id = x.school_id
      and y.id = x.mailbox_id
      and y.account_id = b.account_id
      and y.use in ('inbox', 'sent')
    where o.school_id = m.school_id
      and ${rootOf(sql.ref('o'))} = ${rootOf(sql.ref('m'))}
      and o.id > m.id
  )
`;

/**
 * Letters in an account's inbox that people of the school have written to its owner themselves, and
 * that wait for their answer, the last one of each conversation; and their own that nobody has
 * answered. The oldest first.
 */
export function toAnswer(tx: SchoolTx, account: AccountId, limit: number): Promise<ListedRow[]> {
  return rowsWhere(
    tx,
    account,
    sql`
      b.use = 'inbox'
      and e.internal_date > now() - make_interval(days => ${ANSWER_DAYS})
      and not e.answered
      and not e.deleted
      and not ${goesOn}
      and (
        e.returned = 'unanswered'
        or (
          e.sender_role in ('guardian', 'pupil', 'teacher', 'head', 'staff')
          and not m.automatic
          and m.origin <> 'system'
          and (
            select d.local || '@' || d.domain = any(m.recipients) and d.id <> m.sender_address_id
            from account a
              join address d on d.id = a.address_id
            where a.school_id = b.school_id and a.id = b.account_id
          )
        )
      )
      order by e.internal_date, e.uid
      limit ${limit}
    `,
  );
}

/** A letter to families that some of them have not said « Bien lu » of. */
interface UnreadLetter {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
  readonly message: MessageId;
  readonly subject: string;
  readonly at: Date;
}

/**
 * Letters of the last days that an account has sent to several families of its school, of which
 * not all have said « Bien lu », and whose readers have peace from reminders: none of the last
 * hours, when it was sent or they were reminded. The oldest first.
 */
export async function unreadByFamilies(
  tx: SchoolTx,
  account: AccountId,
  limit: number,
): Promise<readonly UnreadLetter[]> {
  const peace = sql`now() - make_interval(hours => ${REMINDER_HOURS})`;
  const { rows } = await sql<UnreadLetter>`
    select e.mailbox_id as mailbox, e.uid, m.id as message, m.subject, m.received_at as at
    from mailbox b
      join account a on a.school_id = b.school_id and a.id = b.account_id
      join entry e on e.school_id = b.school_id and e.mailbox_id = b.id
      join message m on m.school_id = e.school_id and m.id = e.message_id
      cross join lateral (
        select count(*) as families,
          count(*) filter (
            where not exists (
              select
              from acknowledgement k
              where k.school_id = g.school_id and k.message_id = m.id and k.account_id = g.id
            )
          ) as unread
        from entry x
          join mailbox y on y.school_id = x.school_id and y.id = x.mailbox_id
          join account g on g.school_id = y.school_id
          and g.id = y.account_id
          and g.role = 'guardian'
          and g.state = 'active'
        where x.school_id = m.school_id and x.message_id = m.id
      ) r
    where b.school_id = ${tx.school}
      and b.account_id = ${account}
      and b.use = 'sent'
      and e.internal_date > now() - make_interval(days => ${READ_DAYS})
      and m.sender_address_id = a.address_id
      and m.origin in ('web', 'submission')
      and m.recalled_at is null
      and m.received_at < ${peace}
      and coalesce(m.reminded_at < ${peace}, true)
      and r.families > 1
      and r.unread > 0
    order by m.received_at
    limit ${limit}
  `.execute(tx.kept);
  return rows;
}

/** Papers of an author's own of which some family has been reminded since a moment. */
export async function remindedPapers(
  tx: SchoolTx,
  author: AddressId,
  since: Date,
): Promise<ReadonlySet<PaperId>> {
  const { rows } = await sql<{ id: PaperId }>`
    select p.id
    from paper p
    where p.school_id = ${tx.school}
      and p.author_address_id = ${author}
      and exists (
        select
        from paper_reminder r
        where r.school_id = p.school_id and r.paper_id = p.id and r.at >= ${since}
      )
  `.execute(tx.kept);
  return new Set(rows.map(({ id }) => id));
}
