import { sql } from 'kysely';
import type { AccountId, MailboxId, Uid } from '../core.ts';
import type { MailboxUse } from './database.ts';
import type { SchoolTx } from './store.ts';

/**
 * Takes entries out of a mailbox and keeps its counts; what isn't there is passed over. A message that no entry, hold or
 * outbox row needs any more goes with its last entry.
 */
export async function eraseEntries(tx: SchoolTx, mailbox: MailboxId, uids: readonly Uid[]): Promise<number> {
  return (await eraseCounted(tx, mailbox, uids)).entries;
}

/** What went: entries, the messages that nobody else of the school had, and the size of those. */
export interface Erased {
  readonly entries: number;
  readonly messages: number;
  readonly bytes: number;
}

/** The same, and says what went. */
export async function eraseCounted(tx: SchoolTx, mailbox: MailboxId, uids: readonly Uid[]): Promise<Erased> {
  if (uids.length === 0) return { entries: 0, messages: 0, bytes: 0 };
  const { rows: [gone] } = await sql<{ messages: number[] | null; count: number }>`
    with locked as (
      select id from mailbox where school_id = ${tx.school} and id = ${mailbox} for no key update
    ), gone as (
      delete from entry e using locked l where e.school_id = ${tx.school} and e.mailbox_id = l.id and e.uid = any(${uids}::bigint[])
      returning e.message_id, e.seen, e.size_bytes
    ), counted as (
      update mailbox b set modseq = b.modseq + 1, total = b.total - s.total, unseen = b.unseen - s.unseen, bytes = b.bytes - s.bytes
      from (select count(*) as total, count(*) filter (where not seen) as unseen, coalesce(sum(size_bytes), 0) as bytes from gone) s
      where b.school_id = ${tx.school} and b.id = ${mailbox} and s.total > 0
    )
    select array_agg(message_id) as messages, count(*)::integer as count from gone`.execute(tx.db);
  const orphans = await eraseOrphans(tx, gone?.messages ?? []);
  await clearFull(tx, mailbox);
  return { entries: gone?.count ?? 0, ...orphans };
}

/** Of these messages, erases those that nobody of the school has any more. */
export async function eraseOrphans(tx: SchoolTx, messages: readonly number[]): Promise<Omit<Erased, 'entries'>> {
  if (messages.length === 0) return { messages: 0, bytes: 0 };
  // Two readers who erase the last two entries at once must not each take the other for the one who still has it.
  await sql`select from message where school_id = ${tx.school} and id = any(${messages}::bigint[]) order by id for update`.execute(tx.db);
  const { rows } = await sql<{ size_bytes: number }>`
    delete from message m where m.school_id = ${tx.school} and m.id = any(${messages}::bigint[])
      and not exists (select from entry e where e.school_id = m.school_id and e.message_id = m.id)
      and not exists (select from hold h where h.school_id = m.school_id and h.message_id = m.id)
      and not exists (select from outbox o where o.school_id = m.school_id and o.message_id = m.id)
      and not exists (select from report r where r.school_id = m.school_id and r.message_id = m.id)
    returning m.size_bytes`.execute(tx.db);
  return { messages: rows.length, bytes: rows.reduce((sum, { size_bytes }) => sum + size_bytes, 0) };
}

/** Who has made room is no longer full. */
async function clearFull(tx: SchoolTx, mailbox: MailboxId): Promise<void> {
  await sql`
    update account a set full_since = null from mailbox b
    where a.school_id = ${tx.school} and b.school_id = a.school_id and b.id = ${mailbox} and a.id = b.account_id and a.full_since is not null
      and (select sum(bytes) from mailbox u where u.school_id = a.school_id and u.account_id = a.id) < a.quota_bytes`.execute(tx.db);
}

/** The mailbox of an account with this special use, or null. */
export async function mailboxOf(tx: SchoolTx, account: AccountId, use: MailboxUse): Promise<MailboxId | null> {
  const row = await tx.db.selectFrom('mailbox').select('id').where('school_id', '=', tx.school).where('account_id', '=', account)
    .where('use', '=', use).executeTakeFirst();
  return (row?.id ?? null) as MailboxId | null;
}

/** Moves entries to another mailbox of the same account: new UIDs there, in the old order (RFC 6851). Both are locked in the order of their ids. */
export async function moveEntries(tx: SchoolTx, from: MailboxId, uids: readonly Uid[], to: MailboxId): Promise<void> {
  await sql`
    with locked as (
      select id from mailbox where school_id = ${tx.school} and id in (${from}, ${to}) order by id for no key update
    ), gone as (
      delete from entry e using (select count(*) from locked) l
      where e.school_id = ${tx.school} and e.mailbox_id = ${from} and e.uid = any(${uids}::bigint[])
      returning e.*
    ), sums as (
      select count(*) as total, count(*) filter (where not seen) as unseen, coalesce(sum(size_bytes), 0) as bytes from gone
    ), source as (
      update mailbox b set modseq = b.modseq + 1, total = b.total - s.total, unseen = b.unseen - s.unseen, bytes = b.bytes - s.bytes
      from sums s where b.school_id = ${tx.school} and b.id = ${from} and s.total > 0
    ), target as (
      update mailbox b set modseq = b.modseq + 1, uid_next = b.uid_next + s.total, total = b.total + s.total, unseen = b.unseen + s.unseen, bytes = b.bytes + s.bytes
      from sums s where b.school_id = ${tx.school} and b.id = ${to} and s.total > 0
      returning b.uid_next - s.total as first, b.modseq
    )
    insert into entry (school_id, mailbox_id, uid, message_id, seen, flagged, answered, draft, deleted, keywords, modseq, internal_date, size_bytes)
    select g.school_id, ${to}, t.first + row_number() over (order by g.uid) - 1, g.message_id, g.seen, g.flagged, g.answered, g.draft, false,
      g.keywords, t.modseq, g.internal_date, g.size_bytes
    from gone g cross join target t`.execute(tx.db);
}

export interface Marks {
  readonly seen?: boolean;
  readonly flagged?: boolean;
  readonly answered?: boolean;
}

/** Sets or clears flags; only entries that really change get a new MODSEQ (RFC 7162 §3.1.3). Returns how many did. */
export async function markEntries(tx: SchoolTx, mailbox: MailboxId, uids: readonly Uid[], marks: Marks): Promise<number> {
  const seen = marks.seen ?? null;
  const flagged = marks.flagged ?? null;
  const answered = marks.answered ?? null;
  // A statement of its own: the next one then sees what whoever held the lock has changed, and counts from there.
  await sql`select from mailbox where school_id = ${tx.school} and id = ${mailbox} for no key update`.execute(tx.db);
  const { rows: [row] } = await sql<{ count: number }>`
    with locked as (
      select id, modseq + 1 as modseq from mailbox where school_id = ${tx.school} and id = ${mailbox}
    ), before as (
      select e.uid, e.seen from entry e where e.school_id = ${tx.school} and e.mailbox_id = ${mailbox} and e.uid = any(${uids}::bigint[])
        and (e.seen <> coalesce(${seen}::boolean, e.seen) or e.flagged <> coalesce(${flagged}::boolean, e.flagged)
          or e.answered <> coalesce(${answered}::boolean, e.answered))
    ), changed as (
      update entry e set seen = coalesce(${seen}::boolean, e.seen), flagged = coalesce(${flagged}::boolean, e.flagged),
        answered = coalesce(${answered}::boolean, e.answered), modseq = l.modseq
      from locked l, before b where e.school_id = ${tx.school} and e.mailbox_id = l.id and e.uid = b.uid
      returning b.seen as was, e.seen as now
    ), counted as (
      update mailbox m set modseq = modseq + 1, unseen = unseen + s.difference
      from (select count(*) as total, count(*) filter (where was and not now) - count(*) filter (where now and not was) as difference from changed) s
      where m.school_id = ${tx.school} and m.id = ${mailbox} and s.total > 0
    )
    select count(*)::integer as count from changed`.execute(tx.db);
  return row?.count ?? 0;
}
