/**
 * Boards as mailboxes. What a mailbox counts of \Seen is for one owner; here it is asked for one
 * reader, each time.
 */
import { sql, type RawBuilder } from 'kysely';
import type { AddressId, MailboxId, NoticeId, Uid } from '../../ground/ids.ts';
import type { UidSet } from '../mail/contract.ts';
import { setRows } from '../mail/uid-ranges.ts';
import type { SchoolTx } from '../store.ts';
import type { BoardName } from './boards.ts';

/** The mailbox of a board, as one person has read it. */
export interface BoardMailbox extends BoardName {
  readonly id: MailboxId;
  readonly uidValidity: number;
  readonly uidNext: number;
  readonly modseq: number;
  readonly total: number;
  readonly unseen: number;
  readonly bytes: number;
}

/** Where a notice hangs, in which words, and whether somebody has seen these. */
interface NoticePlace {
  readonly uid: Uid;
  readonly id: NoticeId;
  readonly edition: number;
  readonly isSeen: boolean;
}

/** Who wrote a notice has seen it, as on the pages. */
const seenBy = (address: AddressId): RawBuilder<boolean> => sql<boolean>`
  (
    n.author_address_id = ${address}
    or exists (
      select
      from notice_seen s
      where s.school_id = n.school_id
        and s.notice_id = n.id
        and s.address_id = ${address}
        and s.edition = n.edition
    )
  )
`;

/** Those of these boards where something hangs or has hung: no other has a mailbox. */
export async function boardMailboxes(
  tx: SchoolTx,
  boards: readonly BoardName[],
  reader: AddressId,
): Promise<readonly BoardMailbox[]> {
  const { rows } = await sql<BoardMailbox>`
    select b.id, d.class_id as "classId", d.readers, b.uid_validity as "uidValidity",
      b.uid_next as "uidNext", b.modseq, b.total, b.bytes,
      (
        select count(*)
        from notice_place p join notice n on n.school_id = p.school_id and n.id = p.notice_id
        where p.school_id = b.school_id and p.mailbox_id = b.id and not ${seenBy(reader)}
      ) as unseen
    from unnest(${boards.map(({ classId }) => classId)}::bigint[],
        ${boards.map(({ readers }) => readers)}::text[]) as w (class_id, readers)
      join board d on d.school_id = ${tx.school}
      and d.class_id is not distinct from w.class_id
      and d.readers = w.readers
      join mailbox b on b.school_id = d.school_id
      and b.id = d.mailbox_id
  `.execute(tx.kept);
  return rows;
}

/** All that hangs on a board, ascending. */
export async function placesOn(
  tx: SchoolTx,
  mailbox: MailboxId,
  reader: AddressId,
): Promise<readonly NoticePlace[]> {
  const { rows } = await sql<NoticePlace>`
    select p.uid, n.id, n.edition, ${seenBy(reader)} as "isSeen"
    from notice_place p join notice n on n.school_id = p.school_id and n.id = p.notice_id
    where p.school_id = ${tx.school} and p.mailbox_id = ${mailbox}
    order by p.uid
  `.execute(tx.kept);
  return rows;
}

/** A notice as a letter. */
export interface LetterOn {
  readonly uid: Uid;
  readonly bytes: number;
  readonly at: Date;
}

/** The first of a board's that a set names, ascending. */
export async function lettersOn(
  tx: SchoolTx,
  mailbox: MailboxId,
  { uids, limit }: { readonly uids: UidSet; readonly limit: number },
): Promise<readonly LetterOn[]> {
  const set = setRows(uids);
  const { rows } = await sql<LetterOn>`
    select e.uid, e.size_bytes as bytes, e.internal_date as at
    from ${set.rows}
      join entry e on e.school_id = ${tx.school} and e.mailbox_id = ${mailbox} and ${set.fits}
    order by e.uid
    limit ${limit}
  `.execute(tx.kept);
  return rows;
}
