import { sql, type Selectable } from 'kysely';
import type {
  AddressId,
  ClassId,
  LetterId,
  MailboxId,
  MessageId,
  NoticeId,
  SchoolId,
} from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import type { Day } from '../../roster/days.ts';
import { makeDue } from '../due.ts';
import { eraseEntries, eraseOrphans } from '../mail/erasing.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { Database } from '../tables.ts';
import { boardMailbox, hang } from './boards.ts';
import type { BoardReaders } from './contract.ts';

/** The words of a notice that a letter brings: which notice, and which of its editions. */
export interface NoticeWords {
  readonly school: SchoolId;
  readonly notice: NoticeId;
  readonly edition: number;
  /** Which letter: another may bring others for the same edition. */
  readonly letter: LetterId;
  /** A pupil's: it hangs nowhere before a teacher says so. */
  readonly isIdea: boolean;
}

/** A notice with the words that hang. */
export interface NoticeRow {
  readonly id: NoticeId;
  /** Null: of the school's board. */
  readonly classId: ClassId | null;
  readonly author: AddressId;
  readonly authorName: string;
  /** More than 1: its words have been changed. */
  readonly edition: number;
  readonly pinned: boolean;
  /** Null: it has never hung. */
  readonly postedAt: Date | null;
  readonly untilAt: Date;
  readonly takenDownAt: Date | null;
  readonly goneAt: Date;
  readonly title: string;
  readonly text: string;
  readonly readers: readonly BoardReaders[];
  /** The day that they are about. */
  readonly day: Day | null;
  /** The letter that they are. */
  readonly letter: LetterId;
  readonly message: MessageId;
  readonly madeAt: Date;
  readonly idea: Idea | null;
  readonly answer: string;
  readonly answeredBy: AddressId | null;
  /** Those who hadn't seen these words have been reminded of them. */
  readonly isReminded: boolean;
}

/** What has become of what a pupil proposed. */
type Idea = NonNullable<Database['notice']['idea']>;

/** A notice that is to be kept, but for its words. */
interface NewNotice {
  readonly classId: ClassId | null;
  readonly author: AddressId;
  readonly authorName: string;
  readonly madeAt: Date;
  readonly untilAt: Date;
  readonly goneAt: Date;
}

/** What is written before its letter leaves; it hangs nowhere until then. */
interface NewWords extends Omit<NoticeWords, 'school' | 'isIdea'> {
  readonly title: string;
  readonly text: string;
  readonly readers: readonly BoardReaders[];
  readonly day: Day | null;
  readonly madeAt: Date;
}

/** What is left of a notice whose letter never left is looked for after so long. */
const UNPOSTED_MS = DAY_MS;

/** A notice that hangs nowhere yet. */
export async function insertNotice(tx: SchoolTx, notice: NewNotice): Promise<NoticeId> {
  const { id } = await own(tx)
    .insertInto('notice', {
      class_id: notice.classId,
      author_address_id: notice.author,
      author_name: notice.authorName,
      made_at: notice.madeAt,
      until_at: notice.untilAt,
      gone_at: notice.goneAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await makeDue(tx, 'notice', [{ id, at: new Date(notice.madeAt.getTime() + UNPOSTED_MS) }]);
  return id;
}

/**
 * Words in place of those that were written for the next edition and never left. False: their
 * letter brings words already.
 */
export async function insertWords(tx: SchoolTx, words: NewWords): Promise<boolean> {
  const { notice, edition } = words;
  await own(tx)
    .deleteFrom('notice_words', { notice_id: notice, edition, message_id: null })
    .execute();
  const inserted = await own(tx)
    .insertInto('notice_words', {
      notice_id: notice,
      edition,
      letter: words.letter,
      title: words.title,
      text: words.text,
      readers: [...words.readers],
      day: words.day,
      made_at: words.madeAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('edition')
    .executeTakeFirst();
  return inserted !== undefined;
}

/**
 * Hangs the words that a letter brings on their boards, in the letter's own transaction, in place
 * of those that hung there before. False: they hang already, or others do by now.
 */
export async function postNotice(
  tx: SchoolTx,
  { notice, edition, letter: brings, isIdea }: NoticeWords,
  letter: Letter & { readonly now: Date },
): Promise<boolean> {
  const row = await own(tx)
    .updateTable('notice', { id: notice, edition: edition - 1, taken_down_at: null })
    .set(({ fn, ref, val, case: when }) => ({
      edition,
      posted_at: isIdea ? null : fn.coalesce(ref('posted_at'), val(letter.now)),
      idea: isIdea ? 'waits' : when().when('idea', 'is not', null).then<Idea>('hung').end(),
    }))
    .returning(['class_id as classId', 'pinned'])
    .executeTakeFirst();
  if (row === undefined) return false;
  const words = await own(tx)
    .updateTable('notice_words', { notice_id: notice, edition, letter: brings })
    .set({ message_id: letter.message })
    .returning('readers')
    .executeTakeFirst();
  if (words === undefined) return false;
  await unhang(tx, notice);
  await forgetWords(tx, notice, edition);
  if (!isIdea) await hangOn(tx, { id: notice, ...row, readers: words.readers }, letter);
  await putNextDue(tx, notice);
  return true;
}

/** A letter as it lies in the store. */
interface Letter {
  readonly message: MessageId;
  readonly sizeBytes: number;
}

/** Hangs a letter on the boards of those whom a notice is for. */
export async function hangOn(
  tx: SchoolTx,
  { id, classId, pinned, readers: some }: Pick<NoticeRow, 'id' | 'classId' | 'pinned' | 'readers'>,
  { message, sizeBytes }: Letter,
): Promise<void> {
  const boards: MailboxId[] = [];
  for (const readers of some) boards.push(await boardMailbox(tx, { classId, readers }));
  // In the order of their ids, as whoever locks mailboxes does.
  for (const mailbox of boards.toSorted((one, other) => one - other)) {
    const uid = await hang(tx, mailbox, { message, sizeBytes, flagged: pinned });
    await own(tx).insertInto('notice_place', { notice_id: id, mailbox_id: mailbox, uid }).execute();
  }
}

/** Takes back words whose letter didn't leave; a notice without any goes with them. */
export async function dropUnposted(
  tx: SchoolTx,
  { notice, edition, letter }: Pick<NoticeWords, 'notice' | 'edition' | 'letter'>,
): Promise<void> {
  const row = await own(tx)
    .selectFrom('notice', { id: notice })
    .select('edition')
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined || row.edition >= edition) return;
  if (row.edition === 0) return eraseNotice(tx, notice);
  await own(tx).deleteFrom('notice_words', { notice_id: notice, edition, letter }).execute();
}

/** Takes a notice off its boards: an EXPUNGE (RFC 9051 §6.4.3). False: it was off before. */
export async function takeDown(tx: SchoolTx, notice: NoticeId, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('notice', { id: notice, taken_down_at: null })
    .set({ taken_down_at: now, pinned: false })
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await unhang(tx, notice);
  await putNextDue(tx, notice);
  return true;
}

/** Erases a notice with all that hangs on it. */
export async function eraseNotice(tx: SchoolTx, notice: NoticeId): Promise<void> {
  await unhang(tx, notice);
  await forgetWords(tx, notice, null);
  await own(tx).deleteFrom('notice', { id: notice }).execute();
  await own(tx).deleteFrom('due', { kind: 'notice', row_id: notice }).execute();
}

async function unhang(tx: SchoolTx, notice: NoticeId): Promise<void> {
  const places = await own(tx)
    .deleteFrom('notice_place', { notice_id: notice })
    .returning(['mailbox_id', 'uid'])
    .execute();
  for (const { mailbox_id: mailbox, uid } of places.toSorted(byMailbox))
    await eraseEntries(tx, mailbox, [uid]);
}

type Place = Pick<Selectable<Database['notice_place']>, 'mailbox_id' | 'uid'>;
const byMailbox = (one: Place, other: Place): number => one.mailbox_id - other.mailbox_id;

/** Words before an edition go, or all, and the letters that they were: nobody has them any more. */
async function forgetWords(tx: SchoolTx, notice: NoticeId, before: number | null): Promise<void> {
  const all = own(tx).deleteFrom('notice_words', { notice_id: notice });
  const gone = await (before === null ? all : all.where('edition', '<', before))
    .returning('message_id')
    .execute();
  await eraseOrphans(
    tx,
    gone.flatMap(({ message_id: message }) => message ?? []),
  );
}

/**
 * Puts a notice on the list of what is due: where somebody is to be reminded of it, at the end of
 * its days, or where it is to go.
 */
export async function putNextDue(tx: SchoolTx, notice: NoticeId): Promise<void> {
  const row = await own(tx)
    .selectFrom('notice', { id: notice })
    .select(['until_at', 'taken_down_at', 'gone_at'])
    .executeTakeFirst();
  if (row === undefined) return;
  const { first } = await own(tx)
    .selectFrom('notice_reminder', { notice_id: notice })
    .select((eb) => eb.fn.min('at').as('first'))
    .executeTakeFirstOrThrow();
  const end = row.taken_down_at === null ? row.until_at : row.gone_at;
  const at = first !== null && first < end ? first : end;
  await makeDue(tx, 'notice', [{ id: notice, at }]);
}

/** Hangs a notice on top, or no more. */
export async function setPinned(
  tx: SchoolTx,
  notice: NoticeId,
  { pinned }: { readonly pinned: boolean },
): Promise<void> {
  await own(tx).updateTable('notice', { id: notice }).set({ pinned }).execute();
  await sql`
    with
      changed as (
        update entry e
        set flagged = ${pinned}, modseq = b.modseq + 1
        from notice_place p
          join mailbox b on b.school_id = p.school_id and b.id = p.mailbox_id
        where p.school_id = ${tx.school} and p.notice_id = ${notice}
          and e.school_id = p.school_id and e.mailbox_id = p.mailbox_id and e.uid = p.uid
        returning e.mailbox_id
      )
    update mailbox b
    set modseq = b.modseq + 1, flags_modseq = b.modseq + 1
    from changed
    where b.school_id = ${tx.school} and b.id = changed.mailbox_id
  `.execute(tx.db);
}

/** Lets a notice hang until another day. */
export async function setUntil(
  tx: SchoolTx,
  notice: NoticeId,
  hours: { readonly untilAt: Date; readonly goneAt: Date },
): Promise<void> {
  await own(tx)
    .updateTable('notice', { id: notice })
    .set({ until_at: hours.untilAt, gone_at: hours.goneAt })
    .execute();
  await putNextDue(tx, notice);
}

/** Which notices are looked for. */
type NoticesAsked =
  | { readonly of: 'notice'; readonly notice: NoticeId }
  /** Those that hang on boards of these classes, or of the school where a class is null. */
  | {
      readonly of: 'boards';
      readonly classes: readonly (ClassId | null)[];
      readonly readers: readonly BoardReaders[];
    }
  /** Those of one class, or of the school, that have been taken off. */
  | { readonly of: 'taken-down'; readonly classId: ClassId | null }
  /** What pupils propose for the board of a class, and nobody has answered. */
  | { readonly of: 'ideas'; readonly classId: ClassId }
  /** What one pupil has proposed, whatever became of it. */
  | { readonly of: 'own-ideas'; readonly author: AddressId };

/** Notices that hang or have hung, pinned ones first, then the newest; at most `limit`. */
export async function noticesOf(
  tx: SchoolTx,
  asked: NoticesAsked,
  limit: number,
): Promise<readonly NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select n.id, n.class_id as "classId", n.author_address_id as author,
      n.author_name as "authorName", n.edition, n.pinned, n.posted_at as "postedAt",
      n.until_at as "untilAt", n.taken_down_at as "takenDownAt", n.gone_at as "goneAt",
      n.made_at as "madeAt", n.idea, n.answer, n.answered_by as "answeredBy",
      n.reminded_edition = n.edition as "isReminded", w.title, w.text, w.readers,
      w.day, w.letter, w.message_id as message
    from notice n
      join notice_words w on w.school_id = n.school_id and w.notice_id = n.id
        and w.edition = n.edition
    where n.school_id = ${tx.school} and ${which(asked)}
    order by n.pinned desc, coalesce(n.posted_at, n.made_at) desc, n.id desc
    limit ${limit}
  `.execute(tx.kept);
  return rows;
}

function which(asked: NoticesAsked) {
  switch (asked.of) {
    case 'notice':
      return sql`n.id = ${asked.notice}`;
    case 'boards': {
      const classes = asked.classes.filter((one) => one !== null);
      return sql`
        n.taken_down_at is null
          and n.posted_at is not null
          and (
            n.class_id = any(${classes}::bigint[])
            or (n.class_id is null and ${classes.length < asked.classes.length})
          )
          and w.readers && ${[...asked.readers]}::text[]
      `;
    }
    case 'taken-down':
      return sql`
        n.taken_down_at is not null and n.class_id is not distinct from ${asked.classId}::bigint
      `;
    case 'ideas':
      return sql`n.idea = 'waits' and n.class_id = ${asked.classId}`;
    case 'own-ideas':
      return sql`n.idea is not null and n.author_address_id = ${asked.author}`;
  }
}

/** The notice that a letter brought; null: it brought none. */
export async function noticeOfLetter(tx: SchoolTx, letter: LetterId): Promise<NoticeId | null> {
  const row = await own(tx)
    .selectFrom('notice_words', { letter })
    .where('message_id', 'is not', null)
    .select('notice_id')
    .executeTakeFirst();
  return row?.notice_id ?? null;
}

/** How many of a class's notices, or the school's, are pinned. */
export async function pinnedCount(tx: SchoolTx, classId: ClassId | null): Promise<number> {
  const { count } = await own(tx)
    .selectFrom('notice', { pinned: true, taken_down_at: null })
    .where('class_id', 'is not distinct from', classId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** How many of a class's notices, or the school's, have been taken off. */
export async function takenDownCount(tx: SchoolTx, classId: ClassId | null): Promise<number> {
  const { count } = await ownKept(tx)
    .selectFrom('notice')
    .where('taken_down_at', 'is not', null)
    .where('class_id', 'is not distinct from', classId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
