import { sql } from 'kysely';
import type { AccountId, MailboxId, MessageId, SchoolId, Uid } from '../../ground/ids.ts';
import { compiledOnce, type Placeholders } from '../compiled-once.ts';
import type { SchoolTx, SchoolWriteTx } from '../store.ts';
import type { SpecialUse } from './contract.ts';
import { messageValues, storing, type MessageValues, type NewMessage } from './messages.ts';
import { requireRoomFor } from './quota.ts';
import { learn } from './word-roots.ts';

/** A stored message on its way into a mailbox of its owner's own: it was never received. */
export interface NewEntry {
  readonly message: MessageId;
  readonly sizeBytes: number;
  readonly flags: {
    readonly seen: boolean;
    readonly flagged: boolean;
    readonly answered: boolean;
    readonly draft: boolean;
    readonly deleted: boolean;
  };
  readonly keywords: readonly string[];
  /** Null is now. */
  readonly internalDate: Date | null;
}

/** Puts messages into a mailbox in their order, at once; gives their UIDs. */
export async function appendEntries(
  tx: SchoolTx,
  mailbox: MailboxId,
  entries: readonly NewEntry[],
): Promise<Uid[]> {
  const rows = entries.map(({ message, sizeBytes, flags, keywords, internalDate }, index) => ({
    index,
    message,
    size: sizeBytes,
    ...flags,
    keywords: keywords.length > 0 ? keywords.toSorted() : null,
    at: internalDate?.toISOString() ?? null,
  }));
  const unseen = entries.filter(({ flags }) => !flags.seen).length;
  const words = [...new Set(entries.flatMap(({ keywords }) => keywords))];
  const { rows: inserted } = await sql<{ uid: Uid }>`
    with
      box as (
        update mailbox b
        set uid_next = uid_next + ${rows.length},
          modseq = modseq + 1,
          total = total + ${rows.length},
          unseen = unseen + ${unseen},
          bytes = bytes + ${rows.reduce((sum, { size }) => sum + size, 0)},
          keywords = case when ${words.length} = 0 then b.keywords
            else (
              select array_agg(distinct w)
              from unnest(coalesce(b.keywords, '{}') || ${words}::text[]) w
            )
          end
        where school_id = ${tx.school} and id = ${mailbox}
        returning uid_next - ${rows.length} as first, modseq
      )
    insert into
      entry (school_id, mailbox_id, uid, message_id, seen, flagged, answered, draft, deleted,
        keywords, modseq, internal_date, size_bytes)
    select ${tx.school}, ${mailbox}, box.first + r.index, r.message, r.seen, r.flagged,
      r.answered, r.draft, r.deleted, r.keywords, box.modseq, coalesce(r.at, now()), r.size
    from box
      cross join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (index integer,
        message bigint, size integer, seen boolean, flagged boolean, answered boolean,
        draft boolean, deleted boolean, keywords text[], at timestamptz)
    returning uid
  `.execute(tx.kept);
  return inserted.map(({ uid }) => uid).sort((one, other) => one - other);
}

/** What became of a message in its owner's mailbox. */
interface AppendedEntry {
  readonly message: MessageId;
  readonly mailbox: MailboxId;
  readonly uid: Uid;
  readonly modseq: number;
  readonly uidValidity: number;
  readonly use: SpecialUse | null;
}

/** One of an owner's own mailboxes, by its id or its name. */
interface OwnMailbox {
  readonly owner: AccountId;
  readonly mailbox: MailboxId | string;
}

/** A message of one's own, with its flags. */
interface OwnEntry extends Pick<NewEntry, 'flags' | 'internalDate'> {
  readonly message: NewMessage;
}

/**
 * Stores a message and puts it into a mailbox of its owner's, in one exchange with the database:
 * the lock and the question for room go ahead. Null where this owner has no such mailbox; then the
 * message is stored all the same, and whoever asked takes the transaction back.
 */
export async function appendOwn(
  tx: SchoolWriteTx,
  { owner, mailbox }: OwnMailbox,
  { message, flags, internalDate }: OwnEntry,
): Promise<AppendedEntry | null> {
  const values = { ...messageValues(tx.school, message), ...flags, internalDate, owner, mailbox };
  const { locking, storingThere } = typeof mailbox === 'string' ? BY_NAME : BY_ID;
  tx.line.ahead(locking({ school_id: tx.school, owner, mailbox }));
  requireRoomFor(tx, owner, message.raw.length);
  const {
    rows: [row],
  } = await tx.kept.executeQuery(storingThere(values));
  learn(row);
  return row === undefined || row.mailbox === null
    ? null
    : {
        message: row.message,
        mailbox: row.mailbox,
        uid: row.uid,
        modseq: row.modseq,
        uidValidity: row.uid_validity,
        use: row.use,
      };
}

interface Where extends OwnMailbox {
  readonly school_id: SchoolId;
}
type AppendValues = MessageValues & OwnMailbox & NewEntry['flags'] & Pick<NewEntry, 'internalDate'>;

function appendingBy(column: 'id' | 'name') {
  const isThere = ({ school_id: school, owner, mailbox }: Placeholders<Where>) =>
    sql`school_id = ${school} and account_id = ${owner} and ${sql.ref(column)} = ${mailbox}`;
  return {
    locking: compiledOnce<Where, unknown>(
      (at) => sql`select from mailbox where ${isThere(at)} for no key update`,
    ),
    storingThere: compiledOnce<
      AppendValues,
      {
        message: MessageId;
        mailbox: MailboxId | null;
        uid: Uid;
        modseq: number;
        uid_validity: number;
        use: SpecialUse | null;
      }
    >(({ seen, flagged, answered, draft, deleted, internalDate, owner, mailbox, ...message }) => {
      const { text, answer } = storing([message]);
      return sql`
        with
          stored as (${text}),
          box as (
            update mailbox b
            set uid_next = uid_next + 1, modseq = modseq + 1, total = total + 1,
              unseen = unseen + (not ${seen}::boolean)::integer,
              bytes = bytes + ${message.size_bytes}::integer
            where ${isThere({ school_id: message.school_id, owner, mailbox })}
            returning b.id as mailbox, uid_next - 1 as uid, modseq, uid_validity, use
          ),
          placed as (
            insert into
              entry (school_id, mailbox_id, uid, message_id, seen, flagged, answered, draft,
                deleted, modseq, internal_date, size_bytes)
            select stored.school_id, box.mailbox, box.uid, stored.id, ${seen}::boolean,
              ${flagged}::boolean, ${answered}::boolean, ${draft}::boolean, ${deleted}::boolean,
              box.modseq, coalesce(${internalDate}::timestamptz, now()), stored.size_bytes
            from box cross join stored
          )
        select stored.id as message, box.*, ${answer}
        from stored left join box on true
      `;
    }),
  };
}

const [BY_ID, BY_NAME] = [appendingBy('id'), appendingBy('name')];
