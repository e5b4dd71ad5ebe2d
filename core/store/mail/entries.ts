import { sql } from 'kysely';
import type { AccountId, MailboxId, Uid } from '../../ids.ts';
import type { MailboxUse } from '../database.ts';
import type { SchoolTx } from '../store.ts';
import type { UidSet } from './contract.ts';
import { changeFlags } from './flags.ts';
import { numbersIn, setRows } from './uid-ranges.ts';
import { rangesOf } from './uid-set.ts';

/** What went: entries, the messages that nobody else of the school had, and the size of those. */
export interface Erased {
  readonly entries: number;
  readonly messages: number;
  readonly bytes: number;
}

/** The same, its UIDs ascending, and the mailbox's MODSEQ after it. */
export interface ErasedSet extends Erased {
  readonly uids: readonly number[];
  readonly modseq: number;
}

/**
 * Takes entries out of a mailbox, keeps its counts, and leaves a tombstone (RFC 7162 §3.2.10); what
 * isn't there is passed over. With `onlyDeleted`, those without \Deleted stay. A message that no
 * entry, hold or outbox row needs any more goes with its last entry.
 */
export async function erase(
  tx: SchoolTx,
  mailbox: MailboxId,
  uids: UidSet,
  { onlyDeleted }: { readonly onlyDeleted: boolean },
): Promise<ErasedSet> {
  const set = setRows(uids);
  // A statement of its own: the next one then sees what whoever held the lock has changed.
  await lockMailbox(tx, mailbox);
  const {
    rows: [gone],
  } = await sql<{ uids: string | null; messages: number[] | null; modseq: number | null }>`
    with
      gone as (
        delete from entry e using ${set.rows}
        where e.school_id = ${tx.school}
          and e.mailbox_id = ${mailbox}
          and ${set.fits}
          and (e.deleted or not ${onlyDeleted}::boolean)
        returning e.uid, e.message_id, e.seen, e.size_bytes
      ),
      counted as (
        update mailbox b
        set modseq = b.modseq + 1, total = b.total - s.total, unseen = b.unseen - s.unseen,
          bytes = b.bytes - s.bytes
        from (
          select count(*) as total, count(*) filter (where not seen) as unseen,
            coalesce(sum(size_bytes), 0) as bytes
          from gone
        ) s
        where b.school_id = ${tx.school} and b.id = ${mailbox} and s.total > 0
        returning b.modseq
      ),
      tombstone as (${tombstone(tx, mailbox, 'counted')})
    select string_agg(uid::text, ',' order by uid) as uids,
      array_agg(message_id) as messages,
      coalesce(
        (select modseq from counted),
        (select modseq from mailbox where school_id = ${tx.school} and id = ${mailbox})
      ) as modseq
    from gone
  `.execute(tx.db);
  const orphans = await eraseOrphans(tx, gone?.messages ?? []);
  await sweepTombstones(tx, mailbox, gone?.modseq ?? 0);
  if (gone?.messages) await clearFull(tx, mailbox);
  const erased = numbersIn(gone?.uids ?? null);
  return { ...orphans, entries: erased.length, uids: erased, modseq: gone?.modseq ?? 0 };
}

/** The same for UIDs in any order. */
export async function eraseCounted(
  tx: SchoolTx,
  mailbox: MailboxId,
  uids: readonly Uid[],
): Promise<Erased> {
  return uids.length === 0
    ? { entries: 0, messages: 0, bytes: 0 }
    : erase(tx, mailbox, setOf(uids), { onlyDeleted: false });
}

/** The same, and gives only how many went. */
export async function eraseEntries(
  tx: SchoolTx,
  mailbox: MailboxId,
  uids: readonly Uid[],
): Promise<number> {
  return (await eraseCounted(tx, mailbox, uids)).entries;
}

/** Ranges of UIDs that may come in any order and twice. */
function setOf(uids: readonly Uid[]): UidSet {
  return rangesOf(uids.toSorted((one, other) => one - other));
}

/** Remembers the UIDs of `gone` by the MODSEQ of the act, which `by` gives. */
function tombstone(tx: SchoolTx, mailbox: MailboxId, by: 'counted' | 'source') {
  return sql`
    insert into expunged (school_id, mailbox_id, modseq, uids)
    select ${tx.school}, ${mailbox}, ${sql.table(by)}.modseq,
      (select range_agg(int8range(uid, uid, '[]')) from gone)
    from ${sql.table(by)}
  `;
}

/**
 * How long it is remembered what was expunged: a client that was away for longer compares all UIDs
 * (RFC 7162 §3.2.5).
 */
const TOMBSTONE_DAYS = 30;
/**
 * Old tombstones of a mailbox go with every so many changes of it: who expunges there has its row
 * locked anyway.
 */
const SWEEP_EVERY = 64;

async function sweepTombstones(tx: SchoolTx, mailbox: MailboxId, modseq: number): Promise<void> {
  if (modseq % SWEEP_EVERY !== 0) return;
  await sql`
    with
      old as (
        delete from expunged
        where school_id = ${tx.school}
          and mailbox_id = ${mailbox}
          and at < now() - make_interval(days => ${TOMBSTONE_DAYS})
        returning modseq
      )
    update mailbox b
    set tombstones_from = o.modseq
    from (select max(modseq) as modseq from old) o
    where b.school_id = ${tx.school} and b.id = ${mailbox} and o.modseq is not null
  `.execute(tx.db);
}

/** Of these messages, erases those that nobody of the school has any more. */
export async function eraseOrphans(
  tx: SchoolTx,
  messages: readonly number[],
): Promise<Omit<Erased, 'entries'>> {
  if (messages.length === 0) return { messages: 0, bytes: 0 };
  // Two readers who erase the last two entries at once must not each take the other for the one who
  // still has it.
  await sql`
    select
    from message
    where school_id = ${tx.school} and id = any(${messages}::bigint[])
    order by id
    for update
  `.execute(tx.db);
  const { rows } = await sql<{ size_bytes: number }>`
    delete from message m where m.school_id = ${tx.school} and m.id = any(${messages}::bigint[])
      and not exists (select from entry e where e.school_id = m.school_id and e.message_id = m.id)
      and not exists (select from hold h where h.school_id = m.school_id and h.message_id = m.id)
      and not exists (select from outbox o where o.school_id = m.school_id and o.message_id = m.id)
      and not exists (select from report r where r.school_id = m.school_id and r.message_id = m.id)
    returning m.size_bytes`.execute(tx.db);
  return {
    messages: rows.length,
    bytes: rows.reduce((sum, { size_bytes }) => sum + size_bytes, 0),
  };
}

/** Who has made room is no longer full. */
async function clearFull(tx: SchoolTx, mailbox: MailboxId): Promise<void> {
  await sql`
    update account a
    set full_since = null
    from mailbox b
    where a.school_id = ${tx.school}
      and b.school_id = a.school_id
      and b.id = ${mailbox}
      and a.id = b.account_id
      and a.full_since is not null
      and (
        select sum(bytes)
        from mailbox u
        where u.school_id = a.school_id and u.account_id = a.id
      ) < a.quota_bytes
  `.execute(tx.db);
}

/** The mailbox of an account with this special use, or null. */
export async function mailboxOf(
  tx: SchoolTx,
  account: AccountId,
  use: MailboxUse,
): Promise<MailboxId | null> {
  const row = await tx.db
    .selectFrom('mailbox')
    .select('id')
    .where('school_id', '=', tx.school)
    .where('account_id', '=', account)
    .where('use', '=', use)
    .executeTakeFirst();
  return (row?.id ?? null) as MailboxId | null;
}

/**
 * For COPYUID (RFC 4315): the n-th of `from` became the n-th of `to`. `modseq` is the one that the
 * mailbox they left has now.
 */
export interface Carried {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly modseq: number;
}

const NOT_DELETED = sql`
  message_id, seen, flagged, answered, draft, keywords, internal_date, size_bytes
`;

/**
 * Moves entries to another mailbox: new UIDs there, in the old order (RFC 6851), a tombstone here.
 * Both are locked, in the order of their ids. Where the other one has a message already, what comes
 * is a copy of it.
 */
export async function moveSet(
  tx: SchoolTx,
  from: MailboxId,
  uids: UidSet,
  to: MailboxId,
): Promise<Carried> {
  await lockBoth(tx, from, to);
  const set = setRows(uids);
  const twins = await copyTwins(tx, from, uids, to);
  const {
    rows: [row],
  } = await sql<CarriedRow>`
    with
      gone as (
        delete from entry e using ${set.rows}
        where e.school_id = ${tx.school} and e.mailbox_id = ${from} and ${set.fits}
        returning e.*
      ),
      sums as (
        select count(*) as total, count(*) filter (where not seen) as unseen,
          coalesce(sum(size_bytes), 0) as bytes
        from gone
      ),
      source as (
        update mailbox b
        set modseq = b.modseq + 1, total = b.total - s.total, unseen = b.unseen - s.unseen,
          bytes = b.bytes - s.bytes
        from sums s
        where b.school_id = ${tx.school} and b.id = ${from} and s.total > 0
        returning b.modseq
      ),
      tombstone as (${tombstone(tx, from, 'source')}),
      ${arrive(tx, to, twins)}
    select a.*,
      coalesce(
        (select modseq from source),
        (select modseq from mailbox where school_id = ${tx.school} and id = ${from})
      ) as modseq
    from arrived a
  `.execute(tx.db);
  await sweepTombstones(tx, from, row?.modseq ?? 0);
  return carriedOf(row);
}

/** The same, and they stay here too: `COPY` (RFC 9051 §6.4.7). */
export async function copySet(
  tx: SchoolTx,
  from: MailboxId,
  uids: UidSet,
  to: MailboxId,
): Promise<Carried> {
  await lockBoth(tx, from, to);
  const set = setRows(uids);
  const twins = await copyTwins(tx, from, uids, to);
  const {
    rows: [row],
  } = await sql<CarriedRow>`
    with
      gone as (
        select e.*
        from ${set.rows}
          join entry e on e.school_id = ${tx.school}
          and e.mailbox_id = ${from}
          and ${set.fits}
      ),
      sums as (
        select count(*) as total, count(*) filter (where not seen) as unseen,
          coalesce(sum(size_bytes), 0) as bytes
        from gone
      ),
      ${arrive(tx, to, twins)}
    select a.*,
      (select modseq from mailbox where school_id = ${tx.school} and id = ${from}) as modseq
    from arrived a
  `.execute(tx.db);
  return carriedOf(row);
}

interface CarriedRow {
  from: string | null;
  to: string | null;
  modseq: number;
}

function carriedOf(row: CarriedRow | undefined): Carried {
  return {
    from: numbersIn(row?.from ?? null),
    to: numbersIn(row?.to ?? null),
    modseq: row?.modseq ?? 0,
  };
}

/** Lets nobody else change a mailbox until the transaction ends. */
export async function lockMailbox(tx: SchoolTx, mailbox: MailboxId): Promise<void> {
  await sql`
    select
    from mailbox
    where school_id = ${tx.school} and id = ${mailbox}
    for no key update
  `.execute(tx.db);
}

async function lockBoth(tx: SchoolTx, one: MailboxId, other: MailboxId): Promise<void> {
  await sql`
    select
    from mailbox
    where school_id = ${tx.school} and id in (${one}, ${other})
    order by id
    for no key update
  `.execute(tx.db);
}

/** Puts the rows of `gone` into a mailbox, counted by `sums`; \Deleted stays behind. */
function arrive(tx: SchoolTx, to: MailboxId, twins: Twins) {
  return sql`
    target as (
      update mailbox b
      set modseq = b.modseq + 1,
        uid_next = b.uid_next + s.total,
        total = b.total + s.total,
        unseen = b.unseen + s.unseen,
        bytes = b.bytes + s.bytes,
        keywords = (
          select array_agg(distinct w)
          from (select unnest(b.keywords) union select unnest(g.keywords) from gone g) k (w)
        )
      from sums s
      where b.school_id = ${tx.school} and b.id = ${to} and s.total > 0
      returning b.uid_next - s.total as first, b.modseq
    ),
    placed as (
      select g.uid as old, t.first + row_number() over (order by g.uid) - 1 as uid,
        coalesce(w.twin, g.message_id) as message_id, g.seen, g.flagged, g.answered, g.draft,
        g.keywords, g.internal_date, g.size_bytes, t.modseq
      from gone g
        cross join target t
        left join unnest(${twins.map(([one]) => one)}::bigint[],
          ${twins.map(([, twin]) => twin)}::bigint[]) as w (message_id, twin) using (message_id)
    ),
    inserted as (
      insert into entry (school_id, mailbox_id, uid, modseq, ${NOT_DELETED})
      select ${tx.school}, ${to}, uid, modseq, ${NOT_DELETED}
      from placed
    ),
    arrived as (select string_agg(old::text, ',' order by old) as from
    , string_agg(uid::text, ',' order by old) as to
    from placed
    )
  `;
}

type Twins = readonly (readonly [message: number, twin: number])[];

/**
 * A mailbox has a message once: what it has already comes as a message of its own with the same
 * bytes, and the same EMAILID.
 */
async function copyTwins(
  tx: SchoolTx,
  from: MailboxId,
  uids: UidSet,
  to: MailboxId,
): Promise<Twins> {
  const set = setRows(uids);
  const { rows } = await sql<{ id: number }>`
    select e.message_id as id
    from ${set.rows}
      join entry e on e.school_id = ${tx.school}
      and e.mailbox_id = ${from}
      and ${set.fits}
    where exists (
      select
      from entry o
      where o.school_id = e.school_id and o.mailbox_id = ${to} and o.message_id = e.message_id
    )
  `.execute(tx.db);
  if (rows.length === 0) return [];
  const { rows: columns } = await sql<{ name: string }>`
    select attname as name
    from pg_attribute
    where attrelid = 'message'::regclass
      and attnum > 0
      and not attisdropped
      and attname not in ('id', 'twin_of')
    order by attnum
  `.execute(tx.db);
  const all = sql.join(columns.map(({ name }) => sql.ref(name)));
  const twins: [number, number][] = [];
  for (const { id } of rows) {
    const {
      rows: [twin],
    } = await sql<{
      id: number;
    }>`
      insert into message (${all}, twin_of)
      select ${all}, coalesce(twin_of, id)
      from message
      where school_id = ${tx.school} and id = ${id}
      returning id
    `.execute(tx.db);
    if (twin) twins.push([id, twin.id]);
  }
  return twins;
}

/** Moves entries whose UIDs come in any order. */
export async function moveEntries(
  tx: SchoolTx,
  from: MailboxId,
  uids: readonly Uid[],
  to: MailboxId,
): Promise<void> {
  if (uids.length > 0) await moveSet(tx, from, setOf(uids), to);
}

export interface Marks {
  readonly seen?: boolean;
  readonly flagged?: boolean;
  readonly answered?: boolean;
}

/**
 * Sets or clears flags; only entries that really change get a new MODSEQ (RFC 7162 §3.1.3). Returns
 * how many did.
 */
export async function markEntries(
  tx: SchoolTx,
  mailbox: MailboxId,
  uids: readonly Uid[],
  marks: Marks,
): Promise<number> {
  await lockMailbox(tx, mailbox);
  return (await changeFlags(tx, mailbox, setOf(uids), marks, null)).changed.length;
}
