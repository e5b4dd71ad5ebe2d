import { sql } from 'kysely';
import { Fault } from '../../ground/fault.ts';
import {
  TOWN,
  type AddressId,
  type ClassId,
  type MailboxId,
  type MessageId,
  type Uid,
} from '../../ground/ids.ts';
import type { ListKind } from '../../rules/facts.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { BoardReaders } from './contract.ts';

/** A board of a school: whose it is, and for whom. */
export interface BoardName {
  /** Null: the school's. */
  readonly classId: ClassId | null;
  readonly readers: BoardReaders;
}

/**
 * The mailbox of a board, made where it is asked for the first time. UIDVALIDITY is the second of
 * making, as for any mailbox (RFC 9051 §2.3.1.1).
 */
export async function boardMailbox(tx: SchoolTx, board: BoardName): Promise<MailboxId> {
  const found = await boardAt(tx, board);
  if (found !== null) return found;
  // Of two who hang up the first notice at once the second waits here, and finds it made.
  const key = `boards of ${tx.school}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx.db);
  const made = await boardAt(tx, board);
  if (made !== null) return made;
  const {
    rows: [row],
  } = await sql<{ mailbox_id: MailboxId }>`
    with
      made as (
        insert into mailbox (school_id, account_id, name, uid_validity)
        select ${tx.school}, null, concat_ws(' ', 'board', ${board.classId}::bigint,
          ${board.readers}::text), extract(epoch from now())::bigint
        returning id
      )
    insert into board (school_id, mailbox_id, class_id, readers)
    select ${tx.school}, id, ${board.classId}, ${board.readers}
    from made
    returning mailbox_id
  `.execute(tx.db);
  if (row === undefined) throw new Fault('row-missing', 'a board', { transient: false });
  return row.mailbox_id;
}

async function boardAt(tx: SchoolTx, { classId, readers }: BoardName): Promise<MailboxId | null> {
  const row = await ownKept(tx)
    .selectFrom('board', { readers })
    .where('class_id', 'is not distinct from', classId)
    .select('mailbox_id')
    .executeTakeFirst();
  return row?.mailbox_id ?? null;
}

interface HungLetter {
  readonly message: MessageId;
  readonly sizeBytes: number;
  readonly flagged: boolean;
}

/** Hangs a stored letter on a board, unseen; gives its UID there. */
export async function hang(tx: SchoolTx, mailbox: MailboxId, letter: HungLetter): Promise<Uid> {
  const {
    rows: [row],
  } = await sql<{ uid: Uid }>`
    with
      box as (
        update mailbox
        set uid_next = uid_next + 1, modseq = modseq + 1, total = total + 1, unseen = unseen + 1,
          bytes = bytes + ${letter.sizeBytes}
        where school_id = ${tx.school} and id = ${mailbox}
        returning id, uid_next - 1 as uid, modseq
      )
    insert into entry (school_id, mailbox_id, uid, message_id, flagged, modseq, size_bytes)
    select ${tx.school}, id, uid, ${letter.message}, ${letter.flagged}, modseq,
      ${letter.sizeBytes}
    from box
    returning uid
  `.execute(tx.kept);
  if (row === undefined) throw new Fault('row-missing', `board ${mailbox}`, { transient: false });
  return row.uid;
}

/** The kinds of the lists whose boards they are. */
const LISTS = {
  class: { pupils: 'class', families: 'class-families', team: 'class' },
  school: { pupils: 'pupils', families: 'families', team: 'team' },
  town: { pupils: 'town', families: 'town', team: 'town' },
} as const satisfies Record<string, Readonly<Record<BoardReaders, ListKind>>>;

/**
 * The lists that a notice for these readers is a letter to. On the town's board it is one to the
 * whole town, whoever of it reads it: a letter to each list of each school would be hundreds.
 */
export async function boardLists(
  tx: SchoolTx,
  classId: ClassId | null,
  readers: readonly BoardReaders[],
): Promise<readonly { readonly id: AddressId; readonly address: string }[]> {
  const ofNoClass = tx.school === TOWN ? LISTS.town : LISTS.school;
  const kinds = classId === null ? ofNoClass : LISTS.class;
  const { rows } = await sql<{ id: AddressId; address: string }>`
    select id, local || '@' || domain as address
    from address
    where school_id = ${tx.school}
      and kind = any(${readers.map((one) => kinds[one])}::text[])
      and target_id is not distinct from ${classId}::bigint
    order by id
  `.execute(tx.db);
  return rows;
}
