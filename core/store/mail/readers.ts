import { sql } from 'kysely';
import type { AccountId, AddressId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import { allCopies, oneLetter } from './all-copies.ts';

/** Readers of one letter that are looked at: more than the biggest school has. */
const MOST_READERS = 5_000;

/** Somebody who has a letter in a mailbox of theirs, or has reported it out of there. */
export interface ReaderRow {
  readonly account: AccountId;
  readonly addressId: AddressId;
  /** It was opened, wherever they put it since. */
  readonly opened: boolean;
  /** « Bien lu »: they said so themselves. */
  readonly said: boolean;
  /** They have it no more: nothing is to be sent them about it, nor told of that. */
  readonly reported: boolean;
}

/** Finds who in this school has a letter, but for its writer. */
export async function readersOf(
  tx: SchoolTx,
  message: MessageId,
  writer: AccountId,
): Promise<ReaderRow[]> {
  const { rows } = await sql<ReaderRow>`
    select a.id as account,
      a.address_id as "addressId",
      bool_or(c.seen) as opened,
      bool_and(c.is_reported) as reported,
      exists (
        select
        from acknowledgement k
        where k.school_id = a.school_id and k.message_id = ${message} and k.account_id = a.id
      ) as said
    from ${allCopies(tx, oneLetter(message))} c
      join account a on a.school_id = ${tx.school}
      and a.id = c.account_id
      and a.state = 'active'
    where a.id <> ${writer}
    group by a.school_id, a.id, a.address_id
    order by a.id
    limit ${MOST_READERS}
  `.execute(tx.kept);
  return rows;
}

/** A reader's own entry of a letter. */
interface ReadAt {
  readonly account: AccountId;
  readonly mailbox: MailboxId;
  readonly uid: Uid;
}

/**
 * The letter behind a reader's entry, where an adult of a school wrote it to a list or to several,
 * and whether its reader has said « Bien lu ». Null for anything else.
 */
export async function classLetterAt(
  tx: SchoolTx,
  { account, mailbox, uid }: ReadAt,
): Promise<{ readonly message: MessageId; readonly said: boolean } | null> {
  const {
    rows: [row],
  } = await sql<{ message: MessageId; said: boolean }>`
    select m.id as message,
      exists (
        select
        from acknowledgement k
        where k.school_id = m.school_id and k.message_id = m.id and k.account_id = b.account_id
      ) as said
    from mailbox b
      join entry e on e.school_id = b.school_id
      and e.mailbox_id = b.id
      and e.uid = ${uid}
      join message m on m.school_id = e.school_id
      and m.id = e.message_id
      join account a on a.school_id = b.school_id
      and a.id = b.account_id
    where b.school_id = ${tx.school}
      and b.id = ${mailbox}
      and b.account_id = ${account}
      and m.origin in ('web', 'submission')
      and m.recalled_at is null
      and m.sender_role in ('teacher', 'head', 'staff')
      and m.sender_address_id <> a.address_id
      and (
        cardinality(m.recipients) > 1
        or exists (
          select
          from address l
          where l.domain = split_part(m.recipients[1], '@', 2)
            and l.local = split_part(m.recipients[1], '@', 1)
            and l.kind <> 'account'
        )
      )
  `.execute(tx.kept);
  return row ?? null;
}

/** Writes down « Bien lu », once. */
export async function acknowledgeLetter(
  tx: SchoolTx,
  message: MessageId,
  account: AccountId,
): Promise<void> {
  await ownKept(tx)
    .insertInto('acknowledgement', { message_id: message, account_id: account })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** How long its readers have peace before a letter's writer may remind them again. */
export const REMINDER_HOURS = 20;

/** Notes that readers are reminded now; false where they were, a short while ago. */
export async function takeReminder(tx: SchoolTx, message: MessageId): Promise<boolean> {
  const { rows } = await sql`
    update message
    set reminded_at = now()
    where school_id = ${tx.school}
      and id = ${message}
      and coalesce(reminded_at < now() - make_interval(hours => ${REMINDER_HOURS}), true)
    returning id
  `.execute(tx.kept);
  return rows.length > 0;
}
