import { sql, type RawBuilder } from 'kysely';
import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import type { UidSet } from './contract.ts';
import { tombstone, sweepTombstones } from './tombstones.ts';
import { numbersIn, setRows } from './uid-ranges.ts';

/**
 * For COPYUID (RFC 4315): the n-th of `from` became the n-th of `to`. `modseq` is the one that the
 * mailbox they left has now.
 */
interface Carried {
  readonly from: readonly Uid[];
  readonly to: readonly Uid[];
  readonly modseq: number;
}

const NOT_DELETED = sql`
  message_id, seen, flagged, answered, draft, keywords, internal_date, size_bytes, sender_role,
  first_time, first_at, returned
`;

/** Messages of a mailbox that go to another. */
export interface CarriedSet {
  readonly from: MailboxId;
  readonly uids: UidSet;
  readonly to: MailboxId;
}

/** What the entries that were taken add up to. */
const SUMS = sql`
  sums as (
    select count(*) as total, count(*) filter (where not seen) as unseen,
      coalesce(sum(size_bytes), 0) as bytes
    from gone
  )
`;

/**
 * Moves entries to another mailbox: new UIDs there, in the old order (RFC 6851), a tombstone here.
 * Both are locked, in the order of their ids. Where the other one has a message already, what comes
 * is a copy of it.
 */
export async function moveSet(tx: SchoolTx, { from, uids, to }: CarriedSet): Promise<Carried> {
  const carried = await carry(
    tx,
    { from, uids, to },
    (set, arriving) => sql<CarriedRow>`
    with
      gone as (
        delete from entry e using ${set.rows}
        where e.school_id = ${tx.school} and e.mailbox_id = ${from} and ${set.fits}
        returning e.*
      ),
      ${SUMS},
      source as (
        update mailbox b
        set modseq = b.modseq + 1, total = b.total - s.total, unseen = b.unseen - s.unseen,
          bytes = b.bytes - s.bytes
        from sums s
        where b.school_id = ${tx.school} and b.id = ${from} and s.total > 0
        returning b.modseq
      ),
      tombstone as (${tombstone(tx, from, 'source')}),
      ${arriving}
    select a.*,
      coalesce(
        (select modseq from source),
        (select modseq from mailbox where school_id = ${tx.school} and id = ${from})
      ) as modseq
    from arrived a
  `,
  );
  await sweepTombstones(tx, from, carried.modseq);
  return carried;
}

/** The same, and they stay here too: `COPY` (RFC 9051 §6.4.7). */
export function copySet(tx: SchoolTx, { from, uids, to }: CarriedSet): Promise<Carried> {
  return carry(
    tx,
    { from, uids, to },
    (set, arriving) => sql<CarriedRow>`
    with
      gone as (
        select e.*
        from ${set.rows}
          join entry e on e.school_id = ${tx.school}
          and e.mailbox_id = ${from}
          and ${set.fits}
      ),
      ${SUMS},
      ${arriving}
    select a.*,
      (select modseq from mailbox where school_id = ${tx.school} and id = ${from}) as modseq
    from arrived a
  `,
  );
}

interface CarriedRow {
  from: string | null;
  to: string | null;
  modseq: number;
}

/** Runs what takes entries of a set and lets them arrive elsewhere, on both mailboxes locked. */
async function carry(
  tx: SchoolTx,
  { from, uids, to }: CarriedSet,
  statement: (
    set: ReturnType<typeof setRows>,
    arriving: RawBuilder<unknown>,
  ) => RawBuilder<CarriedRow>,
): Promise<Carried> {
  await lockBoth(tx, from, to);
  const copies = await copyThoseThere(tx, { from, uids, to });
  const {
    rows: [row],
  } = await statement(setRows(uids), arrive(tx, to, copies)).execute(tx.kept);
  return {
    from: numbersIn(row?.from ?? null),
    to: numbersIn(row?.to ?? null),
    modseq: row?.modseq ?? 0,
  };
}

async function lockBoth(tx: SchoolTx, one: MailboxId, other: MailboxId): Promise<void> {
  await sql`
    select
    from mailbox
    where school_id = ${tx.school} and id in (${one}, ${other})
    order by id
    for no key update
  `.execute(tx.kept);
}

/** Puts the rows of `gone` into a mailbox, counted by `sums`; \Deleted stays behind. */
function arrive(tx: SchoolTx, to: MailboxId, copies: Copies) {
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
        coalesce(w.copy, g.message_id) as message_id, g.seen, g.flagged, g.answered, g.draft,
        g.keywords, g.internal_date, g.size_bytes, g.sender_role, g.first_time, g.first_at,
        g.returned, t.modseq
      from gone g
        cross join target t
        left join unnest(${copies.map(([one]) => one)}::bigint[],
          ${copies.map(([, copy]) => copy)}::bigint[]) as w (message_id, copy) using (message_id)
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

type Copies = readonly (readonly [message: number, copy: number])[];

/**
 * A mailbox has a message once: what it has already comes as a message of its own with the same
 * bytes, and the same EMAILID.
 */
async function copyThoseThere(tx: SchoolTx, { from, uids, to }: CarriedSet): Promise<Copies> {
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
  `.execute(tx.kept);
  if (rows.length === 0) return [];
  const { rows: columns } = await sql<{ name: string }>`
    select attname as name
    from pg_attribute
    where attrelid = 'message'::regclass
      and attnum > 0
      and not attisdropped
      and attname not in ('id', 'twin_of')
    order by attnum
  `.execute(tx.kept);
  const all = sql.join(columns.map(({ name }) => sql.ref(name)));
  const copies: [number, number][] = [];
  for (const { id } of rows) {
    const {
      rows: [copy],
    } = await sql<{
      id: number;
    }>`
      insert into message (${all}, twin_of)
      select ${all}, coalesce(twin_of, id)
      from message
      where school_id = ${tx.school} and id = ${id}
      returning id
    `.execute(tx.kept);
    if (copy) copies.push([id, copy.id]);
  }
  return copies;
}
