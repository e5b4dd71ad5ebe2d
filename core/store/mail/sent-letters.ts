import { sql } from 'kysely';
import type { AccountId, AddressId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import { allCopies } from './all-copies.ts';
import { lockMailboxesWith } from './entries.ts';
import { clearFull, eraseOrphans } from './erasing.ts';
import { REMINDER_HOURS } from './readers.ts';
import { afterTakingOut } from './tombstones.ts';

/** How long after it was sent a letter may be recalled. */
export const RECALL_SECONDS = 3_600;

/** A letter that somebody has sent, as it lies in their own school. */
export interface SentLetter {
  readonly message: MessageId;
  /** The copy that its writer opened: the same one, or what a mail program put into Sent. */
  readonly opened: MessageId;
  readonly subject: string;
  readonly at: Date;
  /** The addresses that it was handed over for. */
  readonly recipients: readonly string[];
  /** Sent less than an hour ago. */
  readonly isFresh: boolean;
  /** Of its recipients some have their mail elsewhere: outside, or in another school. */
  readonly wentElsewhere: boolean;
  readonly recalled: {
    readonly at: Date;
    /** People whose unread copy went, and people who had read it. */
    readonly copies: number;
    readonly read: number;
  } | null;
  /** Until when its writer waits for an answer. */
  readonly awaitedUntil: Date | null;
  /** When its readers were last reminded; null where they may be again. */
  readonly remindedAt: Date | null;
}

interface SentRow {
  message: MessageId;
  opened: MessageId;
  subject: string;
  at: Date;
  recipients: readonly string[] | null;
  is_fresh: boolean;
  went_elsewhere: boolean;
  recalled_at: Date | null;
  recalled_copies: number | null;
  recalled_read: number | null;
  reminded_at: Date | null;
  awaited_until: Date | null;
}

/** Whether message `m` was handed over for somebody whose mail lies in no mailbox of its school. */
const WENT_ELSEWHERE = sql`
  exists (
    select
    from unnest(m.recipients) as r (address)
    where not exists (
      select
      from address a
      where a.domain = split_part(r.address, '@', 2)
        and a.local = split_part(r.address, '@', 1)
        and a.school_id = m.school_id
    )
  )
`;

/**
 * The letter behind an entry of its writer's: what they handed over themselves; behind a copy that
 * a mail program put there the one with the same Message-ID. Null for anything else.
 */
export async function sentLetter(
  tx: SchoolTx,
  { account, sender }: { readonly account: AccountId; readonly sender: AddressId },
  { mailbox, uid }: { readonly mailbox: MailboxId; readonly uid: Uid },
): Promise<SentLetter | null> {
  const {
    rows: [row],
  } = await sql<SentRow>`
    select m.id as message,
      o.id as opened,
      m.subject,
      m.received_at as at,
      m.recipients,
      case
        when m.reminded_at > now() - make_interval(hours => ${REMINDER_HOURS}) then m.reminded_at
      end as reminded_at,
      o.recalled_at,
      o.recalled_copies,
      o.recalled_read,
      m.received_at > now() - make_interval(secs => ${RECALL_SECONDS}) as is_fresh,
      (${WENT_ELSEWHERE}) as went_elsewhere,
      (
        select w.until
        from awaited_answer w
        where w.school_id = o.school_id and w.account_id = b.account_id and w.message_id = o.id
      ) as awaited_until
    from mailbox b
      join entry e on e.school_id = b.school_id
      and e.mailbox_id = b.id
      and e.uid = ${uid}
      and not e.draft
      join message o on o.school_id = e.school_id
      and o.id = e.message_id
      join message m on m.school_id = o.school_id
      and m.sender_address_id = ${sender}
      and m.id = case
        when o.origin in ('web', 'submission') then o.id
        else (
          select min(s.id)
          from message s
          where s.school_id = o.school_id
            and s.header_id = o.header_id
            and s.sender_address_id = ${sender}
            and s.origin in ('web', 'submission')
        )
      end
    where b.school_id = ${tx.school} and b.id = ${mailbox} and b.account_id = ${account}
  `.execute(tx.kept);
  return row ? letterOf(row) : null;
}

function letterOf(row: SentRow): SentLetter {
  return {
    message: row.message,
    opened: row.opened,
    subject: row.subject,
    at: row.at,
    awaitedUntil: row.awaited_until,
    recipients: row.recipients ?? [],
    isFresh: row.is_fresh,
    wentElsewhere: row.went_elsewhere,
    recalled: row.recalled_at && {
      at: row.recalled_at,
      copies: row.recalled_copies ?? 0,
      read: row.recalled_read ?? 0,
    },
    remindedAt: row.reminded_at,
  };
}

/** What a recall came to. */
interface TakenBack {
  /** People whose unread copy is gone. */
  readonly taken: readonly AccountId[];
  /** How many had not read it, those who reported it among them, and how many had. */
  readonly copies: number;
  readonly read: number;
}

/**
 * Takes the unread copies of a letter out of everybody's mailboxes, and marks what stays as
 * recalled. What a child reported lies in no mailbox, stays, and counts as it stood. Mailboxes are
 * locked in their order, each gets its MODSEQ and its tombstone, as by an EXPUNGE of its owner (RFC
 * 7162 §3.2.10).
 */
export async function recallCopies(
  tx: SchoolTx,
  { message, opened }: Pick<SentLetter, 'message' | 'opened'>,
  writer: AccountId,
): Promise<TakenBack> {
  const copies = await copiesOf(tx, message);
  const mailboxes = await lockMailboxesWith(
    tx,
    sql`e.message_id = any(${copies}::bigint[]) and not e.seen`,
  );
  const taken = await takeUnread(tx, { copies, mailboxes, writer });
  const {
    rows: [counted],
  } = await sql<{ copies: number; read: number }>`
    with
      others as (
        select account_id, bool_or(seen) as has_read
        from ${allCopies(tx, sql`select unnest(${copies}::bigint[])`)} c
        where account_id <> ${writer}
        group by account_id
      ),
      readers as (
        select count(*) filter (where has_read) as read,
          count(*) filter (where not has_read and account_id <> all(${taken}::bigint[]))
            + ${taken.length} as copies
        from others
      )
    update message m
    set recalled_at = now(), recalled_copies = r.copies, recalled_read = r.read
    from readers r
    where m.school_id = ${tx.school} and m.id = any(${[...copies, opened]}::bigint[])
    returning r.copies::integer, r.read::integer
  `.execute(tx.kept);
  await eraseOrphans(tx, copies);
  await clearFull(tx, mailboxes);
  return { taken, copies: counted?.copies ?? 0, read: counted?.read ?? 0 };
}

/** The message, and its twins: copies of it beside itself in one mailbox. */
async function copiesOf(tx: SchoolTx, message: MessageId): Promise<MessageId[]> {
  const { rows } = await sql<{ id: MessageId }>`
    select t.id
    from message m join message t on t.school_id = m.school_id and t.header_id = m.header_id
    where m.school_id = ${tx.school} and m.id = ${message} and t.twin_of = m.id
  `.execute(tx.kept);
  return [message, ...rows.map(({ id }) => id)];
}

interface SentCopies {
  readonly copies: readonly MessageId[];
  readonly mailboxes: readonly MailboxId[];
  readonly writer: AccountId;
}

async function takeUnread(
  tx: SchoolTx,
  { copies, mailboxes, writer }: SentCopies,
): Promise<AccountId[]> {
  const { rows } = await sql<{ account_id: AccountId }>`
    with
      gone as (
        delete from entry e using mailbox b
        where e.school_id = ${tx.school}
          and e.message_id = any(${copies}::bigint[])
          and e.mailbox_id = any(${mailboxes}::bigint[])
          and not e.seen
          and b.school_id = e.school_id
          and b.id = e.mailbox_id
          and b.account_id <> ${writer}
        returning e.mailbox_id, e.uid, e.size_bytes, e.seen
      ),
      ${afterTakingOut(tx)}
    select distinct account_id
    from counted
  `.execute(tx.kept);
  return rows.map(({ account_id: account }) => account);
}
