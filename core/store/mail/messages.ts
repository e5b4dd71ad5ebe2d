import { hash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { Fault } from '../../ground/fault.ts';
import type {
  AccountId,
  AddressId,
  MailboxId,
  MessageId,
  SchoolId,
  Uid,
} from '../../ground/ids.ts';
import type { JunkSign } from '../../letters/junk/signs.ts';
import type { Keys, ReadMessage } from '../../letters/message/message.ts';
import type { Role } from '../../rules/facts.ts';
import type { Origin } from '../columns.ts';
import { compiledForEach, compiledOnce, type Placeholders } from '../compiled-once.ts';
import { proofColumn, type CommitProof } from '../lost-commit.ts';
import type { SchoolTx } from '../store.ts';
import type { ProvedBy } from './contract.ts';
import type { Writer } from './known-writers.ts';
import { learn, searchOf, toldOf, wordsOf } from './word-roots.ts';

export interface NewMessage {
  readonly sender: { readonly addressId: AddressId | null; readonly role: Role };
  readonly origin: Origin;
  readonly read: ReadMessage;
  /** Exactly as accepted. */
  readonly raw: Buffer;
  /**
   * Null for what was never handed over to be delivered: drafts, what a mail program added, what
   * was brought, notices.
   */
  readonly handed: HandoverNotes | null;
  /** False: it is and will be in nobody's mailbox, so nobody looks for its words. */
  readonly isSearched?: boolean;
}

/** How a message was handed over: what is known of it besides the word of its header. */
export interface HandoverNotes {
  /** The addresses that it was handed over for (RCPT TO), each once. */
  readonly recipients: readonly string[];
  /** What proved a stranger's From address; null: nothing did, or somebody of the town wrote it. */
  readonly provedBy: ProvedBy | null;
  /** What speaks against it, where it came into Indésirables of somebody. */
  readonly junkSigns: readonly JunkSign[];
}

/**
 * Stores one message of one school: its bytes once, and all that listing needs. It is in nobody's
 * mailbox yet.
 */
export async function insertMessage(tx: SchoolTx, message: NewMessage): Promise<MessageId> {
  const {
    rows: [row],
  } = await tx.kept.executeQuery(inserting(messageValues(tx.school, message)));
  if (!row) throw new Fault('row-missing', 'a message was not stored', { transient: false });
  learn(row);
  return row.id;
}

const inserting = compiledOnce<MessageValues, { id: MessageId }>((at) => {
  const { text, answer } = storing([at]);
  return sql`with stored as (${text}) select id, ${answer} from stored`;
});

/**
 * What stores messages, for a `with`: it gives `school_id`, `id`, `sha256`, `size_bytes` and
 * `sender_role`; and what is to stand in the answer, for `learn` too.
 */
export function storing(messages: readonly Placeholders<MessageValues>[]) {
  const rows = messages.map(({ roots, others, ...columns }) => ({
    ...columns,
    search: searchOf({ roots, others }),
  }));
  const [first] = rows;
  if (first === undefined) throw new Error('no message to store');
  const names = Object.keys(first).map((name) => sql.ref(name));
  return {
    text: sql`
      insert into message (${sql.join(names)})
      values ${sql.join(rows.map((row) => sql`(${sql.join(Object.values(row))})`))}
      returning school_id, id, sha256, size_bytes, sender_role
    `,
    answer: sql.join([proofColumn(), toldOf(messages.map(({ others }) => others))]),
  };
}

export type MessageValues = ReturnType<typeof messageValues>;

/** A message's columns, and the words of its `search`. */
export function messageValues(school: SchoolId, message: NewMessage) {
  const { isSearched = true, read } = message;
  return { ...columnsOf(school, message), ...wordsOf(isSearched ? read.searchText : '') };
}

/** A message's columns, without `search`. */
function columnsOf(school: SchoolId, { sender, origin, read, raw, handed }: NewMessage) {
  return {
    school_id: school,
    sender_address_id: sender.addressId,
    sender_role: sender.role,
    origin,
    header_id: read.envelope.messageId,
    in_reply_to: read.envelope.inReplyTo,
    refs: [...read.references],
    subject: read.envelope.subject ?? '',
    preview: read.preview,
    envelope: JSON.stringify(read.envelope),
    structure: JSON.stringify(read.structure),
    attachments: JSON.stringify(read.attachments),
    automatic: read.automatic,
    size_bytes: raw.length,
    wire_envelope: read.wire.envelope,
    wire_body: read.wire.body,
    wire_structure: read.wire.bodyStructure,
    header_bytes: read.headerBytes,
    folded: foldedOf(read.keys),
    sent_at: read.keys.sentAt,
    sent_on: read.keys.sentOn,
    is_reply: read.keys.isReply,
    sha256: hash('sha256', raw, 'buffer'),
    raw,
    recipients: handed === null ? null : handed.recipients.map((address) => address.toLowerCase()),
    proved_by: handed?.provedBy ?? null,
    junk_signs: handed === null || handed.junkSigns.length === 0 ? null : [...handed.junkSigns],
  };
}

/** What the column `folded` holds, in its order. */
const FOLDED = [
  'subject',
  'from',
  'to',
  'cc',
  'bcc',
  'baseSubject',
  'firstFrom',
  'firstTo',
  'firstCc',
  'shownFrom',
  'shownTo',
] as const;
export type FoldedField = (typeof FOLDED)[number];

/** The subscript of one in `folded`: SQL counts from 1. */
export const foldedAt = (name: FoldedField): number => FOLDED.indexOf(name) + 1;

/** The column `folded` of a message with these keys. */
export function foldedOf(keys: Keys): (string | null)[] {
  return FOLDED.map((name) => keys[name]);
}

/** Where a message goes within one school. */
export interface Boxes {
  /** The mailbox of each by its use: in `archive` comes what nobody waits for. */
  readonly into: 'inbox' | 'archive';
  readonly inboxes: readonly AccountId[];
  /** To whom it is junk: none of them has got a letter of this writer's by it. */
  readonly junk: readonly AccountId[];
  /** The account that gets a copy in Sent, already seen; null for none. */
  readonly sentOf: AccountId | null;
  /** Null where its writer is of this school, or nobody. */
  readonly stranger: StrangersArrival | null;
}

/** Who wrote a letter, where they aren't of the school it comes to. */
interface StrangersArrival {
  readonly writer: Writer;
  /** Readers to whom it may be their first letter; of everybody else it is known that it isn't. */
  readonly newTo: readonly AccountId[];
}

/** A new message of a school, and where it goes. */
interface Delivered {
  readonly message: NewMessage;
  readonly boxes: Boxes;
}

/** `deliverTogether` for one message. */
export async function deliver(tx: SchoolTx, message: NewMessage, boxes: Boxes): Promise<MessageId> {
  const [id] = await deliverTogether(tx, [{ message, boxes }]);
  if (id === undefined) throw new Fault('row-missing', 'a message was not stored', NOT_TRANSIENT);
  return id;
}

/**
 * Stores messages of one school and puts them into mailboxes, as `insertMessage` and `place` do;
 * one statement. Gives their ids, in the order of the letters, which is that in which ids are given
 * out.
 */
export async function deliverTogether(
  tx: SchoolTx,
  letters: readonly Delivered[],
): Promise<readonly MessageId[]> {
  const values = letters.map(({ message }) => messageValues(tx.school, message));
  const places = placesOf(letters.map(({ boxes }) => boxes));
  const { rows } =
    letters.length === 0
      ? NO_ROWS
      : await tx.kept.executeQuery(delivering(values, { school: tx.school, ...places }));
  learn(rows[0]);
  allPlaced(rows[0]?.placed ?? 0, places);
  return values.map(({ sha256 }, at) => {
    const row = rows[at];
    if (row?.proof.sha256 !== sha256.toString('hex'))
      throw new Fault('row-missing', 'a message was not stored', NOT_TRANSIENT);
    return row.id;
  });
}

const NOT_TRANSIENT = { transient: false } as const;
const NO_ROWS = { rows: [] } as const;

const delivering = compiledForEach<
  MessageValues,
  Places & { readonly school: SchoolId },
  { readonly id: MessageId; readonly proof: CommitProof; readonly placed: number }
>((messages, places) => {
  const { text, answer } = storing(messages);
  return sql`
    with
      stored as (${text}),
      letter as (
        select id, size_bytes, sender_role, row_number() over (order by id)::integer as nth
        from stored
      ),
      ${placing(places)}
    select id, ${answer}, (select count(*)::integer from placed) as placed
    from stored
    order by id
  `;
});

/**
 * Puts a stored message into mailboxes: reserves a UID in each, writes the narrow rows, keeps the
 * counts; one statement.
 */
export async function place(
  tx: SchoolTx,
  { message, sizeBytes, role, ...boxes }: StoredMessage & Boxes,
): Promise<void> {
  const places = placesOf([boxes]);
  const values = { school: tx.school, message, sizeBytes, role, ...places };
  const {
    rows: [row],
  } = await tx.kept.executeQuery(placingStored(values));
  allPlaced(row?.placed ?? 0, places);
}

interface StoredMessage {
  readonly message: MessageId;
  readonly sizeBytes: number;
  /** Of who wrote it. */
  readonly role: Role;
}

const placingStored = compiledOnce<
  StoredMessage & Places & { readonly school: SchoolId },
  { placed: number }
>(
  ({ message, sizeBytes, role, ...places }) => sql`
    with
      letter as (
        select ${message}::bigint as id, ${sizeBytes}::integer as size_bytes,
          ${role}::text as sender_role, 1 as nth
      ),
      ${placing(places)}
    select count(*)::integer as placed
    from placed
  `,
);

/**
 * Where letters go, as a statement takes it, a line for each mailbox: which letter comes (they
 * count from 1), whose it is, its use, and who wrote the letter, where it may be the first of
 * theirs to this reader.
 */
interface Places {
  readonly nths: readonly number[];
  readonly accounts: readonly AccountId[];
  readonly uses: readonly ('inbox' | 'archive' | 'junk' | 'sent')[];
  readonly strangers: readonly (Writer | null)[];
}

function placesOf(boxes: readonly Boxes[]): Places {
  const met = new Set<string>();
  const places = boxes.flatMap(({ into, inboxes, junk, sentOf, stranger }, at) => {
    const newTo = new Set(stranger?.newTo);
    const meets = (account: AccountId): Writer | null => {
      if (stranger === null || !newTo.has(account)) return null;
      const pair = `${account} ${stranger.writer.toString('hex')}`;
      if (met.has(pair)) return null;
      met.add(pair);
      return stranger.writer;
    };
    return [
      ...Array.from(new Set(inboxes), (account) => [account, into, meets(account)] as const),
      ...Array.from(new Set(junk), (account) => [account, 'junk', null] as const),
      ...(sentOf === null ? [] : [[sentOf, 'sent', null] as const]),
    ].map(([account, use, stranger]) => ({ nth: at + 1, account, use, stranger }));
  });
  return {
    nths: places.map(({ nth }) => nth),
    accounts: places.map(({ account }) => account),
    uses: places.map(({ use }) => use),
    strangers: places.map(({ stranger }) => stranger),
  };
}

/**
 * Mailboxes are locked in the order of their ids, so that two class mails never wait for one
 * another in a ring. The UIDs come from the counter of the row that the UPDATE has locked until the
 * commit: no two deliveries share one, and none comes back.
 */
function placing({
  school,
  nths,
  accounts,
  uses,
  strangers,
}: Placeholders<Places & { readonly school: SchoolId }>): RawBuilder<unknown> {
  return sql`
    place as (
      select nth, account_id, use, writer
      from unnest(${nths}::integer[], ${accounts}::bigint[], ${uses}::text[], ${strangers}::bytea[])
          as p (nth, account_id, use, writer)
    ),
    wanted as (
      select b.id, nth, letter.size_bytes, place.writer, b.use = 'sent' as seen
      from place
        join letter using (nth)
        join mailbox b on b.school_id = ${school}::integer
        and b.account_id = place.account_id
        and b.use = place.use
      order by b.id
      for no key update of b
    ),
    box as (
      update mailbox b
      set uid_next = uid_next + w.letters,
        modseq = modseq + w.letters,
        total = total + w.letters,
        bytes = b.bytes + w.bytes,
        unseen = unseen + case when w.seen then 0 else w.letters
        end
      from (
          select id, seen, count(*)::integer as letters, sum(size_bytes) as bytes,
            array_agg(nth order by nth) as nths, array_agg(writer order by nth) as writers
          from wanted
          group by id, seen
        ) w
      where b.school_id = ${school}::integer and b.id = w.id
      returning b.id, b.account_id, b.uid_next - w.letters as uid, b.modseq - w.letters as modseq,
        w.seen, w.nths, w.writers
    ),
    ${meeting(school)},
    placed as (
      insert into
        entry (school_id, mailbox_id, uid, message_id, seen, modseq, size_bytes, sender_role,
          first_time)
      select ${school}::integer, box.id, box.uid + each.at - 1, letter.id, seen,
        box.modseq + each.at, letter.size_bytes, case when not seen then letter.sender_role
        end,
        ((account_id, each.writer) in (select account_id, writer from met)) is true
      from box
        cross join unnest(box.nths, box.writers) with ordinality as each (nth, writer, at)
        join letter using (nth)
      returning 1
    )
  `;
}

/**
 * Whoever meets a stranger now gets their first letter, and their next one is no first any more;
 * children know nobody outside but whom their teacher has approved.
 */
const meeting = (school: RawBuilder<unknown>) => sql`
  met as (
    insert into known_writer (school_id, account_id, writer)
    select a.school_id, a.id, place.writer
    from place
      join account a on a.school_id = ${school}::integer
      and a.id = place.account_id
    where place.writer is not null and a.role <> 'pupil'
    order by a.id, place.writer
    on conflict do nothing
    returning account_id, writer
  )
`;

/**
 * An account without the mailbox is a fault: an accepted message that reaches nobody must not be
 * possible.
 */
function allPlaced(placed: number, { accounts }: Pick<Places, 'accounts'>): void {
  if (placed !== accounts.length)
    throw new Fault('row-missing', `${placed} of ${accounts.length} mailboxes`, NOT_TRANSIENT);
}

interface EntryToAppend {
  readonly message: MessageId;
  readonly sizeBytes: number;
  readonly draft: boolean;
}

/**
 * Puts a stored message into one mailbox of its owner's own, as a draft or as something added; it
 * was never received. Gives its UID.
 */
export async function append(
  tx: SchoolTx,
  mailbox: MailboxId,
  { message, sizeBytes, draft }: EntryToAppend,
): Promise<Uid> {
  const {
    rows: [row],
  } = await sql<{ uid: Uid }>`
    with
      box as (
        update mailbox
        set uid_next = uid_next + 1, modseq = modseq + 1, total = total + 1,
          bytes = bytes + ${sizeBytes}
        where school_id = ${tx.school} and id = ${mailbox}
        returning id, uid_next - 1 as uid, modseq
      )
    insert into entry (school_id, mailbox_id, uid, message_id, seen, draft, modseq, size_bytes)
    select ${tx.school}, id, uid, ${message}, true, ${draft}, modseq, ${sizeBytes}
    from box
    returning uid
  `.execute(tx.kept);
  if (!row) throw new Fault('row-missing', `mailbox ${mailbox}`, { transient: false });
  return row.uid;
}
