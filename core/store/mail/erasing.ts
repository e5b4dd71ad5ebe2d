import { sql } from 'kysely';
import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import type { UidSet } from './contract.ts';
import { setOf, lockMailbox } from './entries.ts';
import { IS_OF_NOBODY } from './of-nobody.ts';
import { tombstone, sweepTombstones } from './tombstones.ts';
import { numbersIn, setRows } from './uid-ranges.ts';

/** What went: entries, the messages that nobody else of the school had, and the size of those. */
export interface ErasedCount {
  readonly entries: number;
  readonly messages: number;
  readonly bytes: number;
}

/** The same, its UIDs ascending, and the mailbox's MODSEQ after it. */
interface ErasedSet extends ErasedCount {
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
  { uids, onlyDeleted }: { readonly uids: UidSet; readonly onlyDeleted: boolean },
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
  `.execute(tx.kept);
  const orphans = await eraseOrphans(tx, gone?.messages ?? []);
  await sweepTombstones(tx, mailbox, gone?.modseq ?? 0);
  if (gone?.messages) await clearFull(tx, [mailbox]);
  const erased = numbersIn(gone?.uids ?? null);
  return { ...orphans, entries: erased.length, uids: erased, modseq: gone?.modseq ?? 0 };
}

/** Erases entries by UIDs in any order, and says what went. */
export async function eraseCounted(
  tx: SchoolTx,
  mailbox: MailboxId,
  uids: readonly Uid[],
): Promise<ErasedCount> {
  return uids.length === 0
    ? { entries: 0, messages: 0, bytes: 0 }
    : erase(tx, mailbox, { uids: setOf(uids), onlyDeleted: false });
}

/** Erases entries, and gives only how many went. */
export async function eraseEntries(
  tx: SchoolTx,
  mailbox: MailboxId,
  uids: readonly Uid[],
): Promise<number> {
  return (await eraseCounted(tx, mailbox, uids)).entries;
}

/** Of these messages, erases those that nobody of the school has any more. */
export async function eraseOrphans(
  tx: SchoolTx,
  messages: readonly number[],
): Promise<Omit<ErasedCount, 'entries'>> {
  if (messages.length === 0) return { messages: 0, bytes: 0 };
  // Two readers who erase the last two entries at once must not each take the other for the one who
  // still has it.
  await sql`
    select
    from message
    where school_id = ${tx.school} and id = any(${messages}::bigint[])
    order by id
    for update
  `.execute(tx.kept);
  const { rows } = await sql<{ size_bytes: number }>`
    delete from message m where m.school_id = ${tx.school} and m.id = any(${messages}::bigint[])
      and ${IS_OF_NOBODY}
      and not exists (
        select from held_elsewhere x
        where x.school_id = m.school_id and x.message_id = m.id and x.state = 'waiting'
      )
    returning m.size_bytes`.execute(tx.kept);
  return {
    messages: rows.length,
    bytes: rows.reduce((sum, { size_bytes }) => sum + size_bytes, 0),
  };
}

/** Whose mailboxes have room again is no longer full. */
export async function clearFull(tx: SchoolTx, mailboxes: readonly MailboxId[]): Promise<void> {
  await sql`
    update account a
    set full_since = null
    from mailbox b
    where a.school_id = ${tx.school}
      and b.school_id = a.school_id
      and b.id = any(${[...mailboxes]}::bigint[])
      and a.id = b.account_id
      and a.full_since is not null
      and (
        select sum(bytes)
        from mailbox u
        where u.school_id = a.school_id and u.account_id = a.id
      ) < a.quota_bytes
  `.execute(tx.kept);
}
