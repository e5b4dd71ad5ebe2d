import { sql } from 'kysely';
import type { AccountId, AddressId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import type { HeaderAddress } from '../../letters/message/message.ts';
import type { Role } from '../../rules/facts.ts';
import type { Origin } from '../columns.ts';
import type { SchoolTx } from '../store.ts';
import type { CameFrom } from './contract.ts';
import { eraseEntries } from './erasing.ts';

/** A letter that somebody reports, with all their copies of it, wherever they put them. */
export interface ReportedLetter {
  readonly message: MessageId;
  readonly sender: AddressId | null;
  readonly senderRole: Role;
  readonly origin: Origin;
  readonly from: readonly HeaderAddress[];
  readonly copies: readonly CameFrom[];
}

interface CopyRow {
  id: MessageId;
  sender_address_id: AddressId | null;
  sender_role: Role;
  origin: Origin;
  from: readonly HeaderAddress[] | null;
  mailbox_id: MailboxId;
  uid: Uid;
  seen: boolean;
  flagged: boolean;
  answered: boolean;
  internal_date: Date;
  is_opened: boolean;
}

/**
 * Lets nobody else change an account's mailboxes until the transaction ends; in the order in which
 * a recall locks them.
 */
export async function lockCopies(tx: SchoolTx, account: AccountId): Promise<void> {
  await sql`
    select
    from mailbox
    where school_id = ${tx.school} and account_id = ${account}
    order by id
    for no key update
  `.execute(tx.db);
}

/** The letter at this place in an account's mail; null where there is none. */
export async function reportedLetter(
  tx: SchoolTx,
  account: AccountId,
  at: { readonly mailbox: MailboxId; readonly uid: Uid },
): Promise<ReportedLetter | null> {
  const { rows } = await sql<CopyRow>`
    select m.id, m.sender_address_id, m.sender_role, m.origin, m.envelope -> 'from' as from,
      e.mailbox_id, e.uid, e.seen, e.flagged, e.answered, e.internal_date,
      e.mailbox_id = ${at.mailbox} and e.uid = ${at.uid} as is_opened
    from entry o
      join mailbox ob on ob.school_id = o.school_id
      and ob.id = o.mailbox_id
      and ob.account_id = ${account}
      join message om on om.school_id = o.school_id
      and om.id = o.message_id
      join mailbox b on b.school_id = o.school_id
      and b.account_id = ${account}
      join entry e on e.school_id = b.school_id
      and e.mailbox_id = b.id
      join message m on m.school_id = e.school_id
      and m.id = e.message_id
      and coalesce(m.twin_of, m.id) = coalesce(om.twin_of, om.id)
    where o.school_id = ${tx.school}
      and o.mailbox_id = ${at.mailbox}
      and o.uid = ${at.uid}
      and not o.draft
    order by e.mailbox_id, e.uid
  `.execute(tx.db);
  const opened = rows.find((row) => row.is_opened);
  return opened === undefined
    ? null
    : {
        message: opened.id,
        sender: opened.sender_address_id,
        senderRole: opened.sender_role,
        origin: opened.origin,
        from: opened.from ?? [],
        copies: rows.map(copyOf),
      };
}

function copyOf(row: CopyRow): CameFrom {
  return {
    mailbox: row.mailbox_id,
    uid: row.uid,
    message: row.id,
    seen: row.seen,
    flagged: row.flagged,
    answered: row.answered,
    at: row.internal_date.toISOString(),
  };
}

/** Takes the copies out, as an EXPUNGE of their owner would (RFC 7162 §3.2.10). */
export async function takeCopies(tx: SchoolTx, copies: readonly CameFrom[]): Promise<void> {
  for (const [mailbox, some] of Map.groupBy(copies, (copy) => copy.mailbox))
    await eraseEntries(
      tx,
      mailbox,
      some.map(({ uid }) => uid),
    );
}

/**
 * Puts the letter back where it was, under a new UID (RFC 9051 §2.3.1.1) and with its flags; into
 * the INBOX where that mailbox is gone. Gives where it is now; null where the account is gone.
 */
export async function putBack(
  tx: SchoolTx,
  account: AccountId,
  { message, copies }: { readonly message: MessageId; readonly copies: readonly CameFrom[] },
): Promise<{ readonly mailbox: MailboxId; readonly uid: Uid } | null> {
  const was = copies.find((copy) => copy.message === message);
  const { rows } = await sql<{ mailbox_id: MailboxId; uid: Uid }>`
    with
      target as (
        select id
        from mailbox
        where school_id = ${tx.school}
          and account_id = ${account}
          and (id = ${was?.mailbox ?? null}::bigint or use = 'inbox')
        order by id = ${was?.mailbox ?? null}::bigint desc nulls last
        limit 1
        for no key update
      ),
      letter as (
        select size_bytes, received_at
        from message
        where school_id = ${tx.school} and id = ${message}
      ),
      box as (
        update mailbox b
        set uid_next = uid_next + 1, modseq = modseq + 1, total = total + 1,
          bytes = bytes + l.size_bytes,
          unseen = unseen + case when ${was?.seen ?? false}::boolean then 0 else 1 end
        from target t, letter l
        where b.school_id = ${tx.school} and b.id = t.id
        returning b.id, b.uid_next - 1 as uid, b.modseq
      )
    insert into entry (school_id, mailbox_id, uid, message_id, seen, flagged, answered, modseq,
        internal_date, size_bytes)
    select ${tx.school}, box.id, box.uid, ${message}, ${was?.seen ?? false},
      ${was?.flagged ?? false}, ${was?.answered ?? false}, box.modseq,
      coalesce(${was?.at ?? null}::timestamptz, l.received_at), l.size_bytes
    from box cross join letter l
    returning mailbox_id, uid
  `.execute(tx.db);
  const [row] = rows;
  return row === undefined ? null : { mailbox: row.mailbox_id, uid: row.uid };
}
