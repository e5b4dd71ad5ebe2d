import { sql } from 'kysely';
import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import type { DeletedCount, FlagBatch, UidSet } from './contract.ts';
import { flagColumns, flagTexts } from './flag-columns.ts';
import { numbersIn, rangesIn } from './uid-ranges.ts';

/** All UIDs from `from` on, ascending. */
export async function uidsFrom(tx: SchoolTx, mailbox: MailboxId, from: number): Promise<number[]> {
  const {
    rows: [row],
  } = await sql<{ uids: string | null }>`
    select string_agg(uid::text, ',') as uids
    from (
      select uid
      from entry
      where school_id = ${tx.school} and mailbox_id = ${mailbox} and uid >= ${from}
      order by uid
    ) e
  `.execute(tx.kept);
  return numbersIn(row?.uids ?? null);
}

/** The smallest UID without \Seen. */
export async function firstUnseen(tx: SchoolTx, mailbox: MailboxId): Promise<Uid | null> {
  const {
    rows: [row],
  } = await sql<{ uid: Uid }>`
    select uid
    from entry
    where school_id = ${tx.school} and mailbox_id = ${mailbox} and not seen
    order by uid
    limit 1
  `.execute(tx.kept);
  return row?.uid ?? null;
}

/** UIDs expunged after a MODSEQ that is not before what is remembered. */
export async function expungedSince(
  tx: SchoolTx,
  mailbox: MailboxId,
  modseq: number,
): Promise<UidSet> {
  const {
    rows: [row],
  } = await sql<{ uids: string | null }>`
    select range_agg(uids)::text as uids
    from expunged
    where school_id = ${tx.school} and mailbox_id = ${mailbox} and modseq > ${modseq}
  `.execute(tx.kept);
  return rangesIn(row?.uids ?? '');
}

interface ChangesWanted {
  readonly modseq: number;
  readonly newFrom: number;
  readonly flags: boolean;
}

/**
 * Messages whose MODSEQ is above this one: those from `newFrom` on by their UID, and older ones too
 * where `flags` says that some may have changed.
 */
export async function changedSince(
  tx: SchoolTx,
  mailbox: MailboxId,
  { modseq, newFrom, flags }: ChangesWanted,
): Promise<FlagBatch> {
  const {
    rows: [row],
  } = await sql<FlagRow>`
    select ${flagColumns}
    from (
      select *
      from entry
      where school_id = ${tx.school}
        and mailbox_id = ${mailbox}
        and modseq > ${modseq}
        and uid >= ${flags ? 0 : newFrom}
      order by uid
    ) e
  `.execute(tx.kept);
  return batchOf(row);
}

interface FlagRow {
  uids: string | null;
  bits: string | null;
  words: string | null;
  modseqs: string | null;
}

function batchOf(row: FlagRow | undefined): FlagBatch {
  return {
    uids: numbersIn(row?.uids ?? null),
    flags: flagTexts(row?.bits ?? '', row?.words ?? null),
    modseqs: numbersIn(row?.modseqs ?? null),
  };
}

/** Messages with \Deleted, and their bytes. */
export async function countDeleted(tx: SchoolTx, mailbox: MailboxId): Promise<DeletedCount> {
  const {
    rows: [row],
  } = await sql<{ total: number; bytes: number }>`
    select count(*) as total, coalesce(sum(size_bytes), 0)::bigint as bytes
    from entry
    where school_id = ${tx.school} and mailbox_id = ${mailbox} and deleted
  `.execute(tx.kept);
  return { total: row?.total ?? 0, bytes: row?.bytes ?? 0 };
}
