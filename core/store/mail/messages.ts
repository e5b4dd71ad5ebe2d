import { createHash } from 'node:crypto';
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
import type { SchoolTx, SchoolWriteTx } from '../store.ts';
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
  const { text, answer } = storing(at);
  return sql`with stored as (${text}) select id, ${answer} from stored`;
});

/**
 * Stores messages of one school that are and will be in nobody's mailbox: all that `insertMessage`
 * stores but the words, which nobody looks for. Gives their ids, in their order; of two with the
 * same bytes it can't tell which is whose, and stores neither (`row-missing`).
 */
async function insertUnsearched(
  tx: SchoolTx,
  messages: readonly NewMessage[],
): Promise<readonly MessageId[]> {
  if (messages.length === 0) return [];
  const values = messages.map((message) => columnsOf(tx.school, message));
  const { rows } = await tx.kept.executeQuery(insertingUnsearched(values));
  const ids = new Map(rows.map(({ id, proof: { sha256 } }) => [sha256, id]));
  const stored = values.flatMap(({ sha256 }) => ids.get(sha256.toString('hex')) ?? []);
  if (ids.size < messages.length || stored.length < messages.length)
    throw new Fault('row-missing', 'a message was not stored', { transient: false });
  return stored;
}

const insertingUnsearched = compiledForEach<
  ReturnType<typeof columnsOf>,
  { id: MessageId; proof: CommitProof }
>(([first, ...others]) => {
  if (first === undefined) throw new Error('no message to store');
  const names = [...Object.keys(first), 'search'].map((name) => sql.ref(name));
  const rows = [first, ...others].map((columns) => sql`(${sql.join(Object.values(columns))}, '')`);
  return sql`
    insert into message (${sql.join(names)})
    values ${sql.join(rows)}
    returning id, ${proofColumn()}
  `;
});

/**
 * What stores a message, for a `with`: it gives `school_id`, `id`, `sha256` and `size_bytes`; and
 * what is to stand in the answer, for `learn` too.
 */
export function storing({ roots, others, ...columns }: Placeholders<MessageValues>) {
  const names = [...Object.keys(columns), 'search'].map((name) => sql.ref(name));
  return {
    text: sql`
      insert into message (${sql.join(names)})
      values (${sql.join([...Object.values(columns), searchOf({ roots, others })])})
      returning school_id, id, sha256, size_bytes
    `,
    answer: sql.join([proofColumn(), toldOf(others)]),
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
    sha256: createHash('sha256').update(raw).digest(),
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

/** As a statement takes them. */
const flat = ({ stranger, ...boxes }: Boxes) => ({
  ...boxes,
  writer: stranger?.writer ?? null,
  newTo: stranger?.newTo ?? [],
});
type FlatBoxes = ReturnType<typeof flat>;

/**
 * Stores one message of one school and puts it into mailboxes, as `insertMessage` and `place` do;
 * one statement.
 */
export async function deliver(tx: SchoolTx, message: NewMessage, boxes: Boxes): Promise<MessageId> {
  const values = { ...messageValues(tx.school, message), ...flat(boxes) };
  const { rows } = await tx.kept.executeQuery(delivering(values));
  return deliveredIn(rows[0], boxes);
}

function deliveredIn(row: DeliveredRow | undefined, boxes: Boxes): MessageId {
  if (!row) throw new Fault('row-missing', 'a message was not stored', { transient: false });
  learn(row);
  allPlaced(row.placed, row.id, boxes);
  return row.id;
}

/** A new message of a school, and where it goes. */
interface Delivered {
  readonly message: NewMessage;
  readonly boxes: Boxes;
}

/**
 * The same for several of one moment, in one round trip. The mailboxes of all of them are locked
 * before the first is stored, in the order of their ids: one after the other they would be in no
 * order. Those that are for nobody's mailbox (`isSearched`) are one statement. Gives their ids, in
 * the order of the letters.
 */
export async function deliverTogether(
  tx: SchoolWriteTx,
  letters: readonly Delivered[],
): Promise<readonly MessageId[]> {
  const searched = letters.filter(({ message }) => message.isSearched !== false);
  const unsearched = letters.filter((letter) => !searched.includes(letter));
  const ids = new Map<Delivered, MessageId>();
  if (searched.length > 1) tx.line.ahead(lockingBoxes({ school: tx.school, ...boxesOf(searched) }));
  const others = searched.slice(0, -1).map((letter) => {
    const values = { ...messageValues(tx.school, letter.message), ...flat(letter.boxes) };
    return { letter, asked: tx.line.askAhead(delivering(values)) };
  });
  const last = searched.at(-1);
  if (last) ids.set(last, await deliver(tx, last.message, last.boxes));
  for (const { letter, asked } of others)
    ids.set(letter, deliveredIn(asked.rows()?.[0], letter.boxes));
  const stored = await insertUnsearched(
    tx,
    unsearched.map(({ message }) => message),
  );
  return letters.map((letter) => {
    const id = ids.get(letter) ?? stored[unsearched.indexOf(letter)];
    if (id === undefined) throw new Error('a letter was not stored');
    return id;
  });
}

const boxesOf = (letters: readonly Delivered[]) => ({
  inboxes: accountsOf(letters, ({ into, inboxes }) => (into === 'inbox' ? inboxes : [])),
  archives: accountsOf(letters, ({ into, inboxes }) => (into === 'archive' ? inboxes : [])),
  junk: accountsOf(letters, ({ junk }) => junk),
  sent: accountsOf(letters, ({ sentOf }) => (sentOf === null ? [] : [sentOf])),
});

const accountsOf = (
  letters: readonly Delivered[],
  of: (boxes: Boxes) => readonly AccountId[],
): readonly AccountId[] => [...new Set(letters.flatMap(({ boxes }) => of(boxes)))];

const lockingBoxes = compiledOnce<
  { readonly school: SchoolId } & ReturnType<typeof boxesOf>,
  unknown
>(
  ({ school, inboxes, archives, junk, sent }) => sql`
    select
    from mailbox b
    where b.school_id = ${school}::integer
      and (
        (b.use = 'inbox' and b.account_id = any(${inboxes}::bigint[]))
        or (b.use = 'archive' and b.account_id = any(${archives}::bigint[]))
        or (b.use = 'junk' and b.account_id = any(${junk}::bigint[]))
        or (b.use = 'sent' and b.account_id = any(${sent}::bigint[]))
      )
    order by b.id
    for no key update
  `,
);

type DeliveredRow = { readonly id: MessageId; readonly placed: number };

const delivering = compiledOnce<MessageValues & FlatBoxes, DeliveredRow>(
  ({ into, inboxes, junk, sentOf, writer, newTo, ...message }) => {
    const { text, answer } = storing(message);
    const placed = placing({
      message: sql`(select id from stored)`,
      size: sql`(select size_bytes from stored)`,
      role: message.sender_role,
      school: message.school_id,
      into,
      inboxes,
      junk,
      sentOf,
      writer,
      newTo,
    });
    return sql`
      with stored as (${text}), ${placed}
      select id, ${answer}, (select count(*)::integer from placed) as placed
      from stored
    `;
  },
);

/**
 * Puts a stored message into mailboxes: reserves a UID in each, writes the narrow rows, keeps the
 * counts; one statement.
 */
export async function place(tx: SchoolTx, stored: StoredMessage & Boxes): Promise<void> {
  const {
    rows: [row],
  } = await tx.kept.executeQuery(placingStored({ school: tx.school, ...stored, ...flat(stored) }));
  allPlaced(row?.placed ?? 0, stored.message, stored);
}

interface StoredMessage {
  readonly message: MessageId;
  readonly sizeBytes: number;
  /** Of who wrote it. */
  readonly role: Role;
}

const placingStored = compiledOnce<
  StoredMessage & FlatBoxes & { readonly school: SchoolId },
  { placed: number }
>(
  ({ message, sizeBytes, ...where }) =>
    sql`
      with
        ${placing({ ...where, message: sql`${message}::bigint`, size: sql`${sizeBytes}::integer` })}
      select count(*)::integer as placed
      from placed
    `,
);

/**
 * Mailboxes are locked in the order of their ids, so that two class mails never wait for one
 * another in a ring. The UID comes from the counter of the row that the UPDATE has locked until the
 * commit: no two deliveries share one, and none comes back. Whoever meets a stranger now gets their
 * first letter; children know nobody outside but whom their teacher has approved.
 */
function placing({
  message,
  size,
  role,
  school,
  into,
  inboxes,
  junk,
  sentOf,
  writer,
  newTo,
}: Readonly<
  Record<'message' | 'size' | 'role' | 'school' | keyof FlatBoxes, RawBuilder<unknown>>
>): RawBuilder<unknown> {
  return sql`
    wanted as (
      select b.id, b.account_id, b.use = 'sent' as seen
      from mailbox b
      where b.school_id = ${school}::integer
        and (
          (b.use = ${into}::text and b.account_id = any(${inboxes}::bigint[]))
          or (b.use = 'junk' and b.account_id = any(${junk}::bigint[]))
          or (b.use = 'sent' and b.account_id = ${sentOf}::bigint)
        )
      order by b.id
      for no key update
    ),
    box as (
      update mailbox b
      set uid_next = uid_next + 1,
        modseq = modseq + 1,
        total = total + 1,
        bytes = bytes + ${size},
        unseen = unseen + case when w.seen then 0 else 1
        end
      from wanted w
      where b.school_id = ${school}::integer and b.id = w.id
      returning b.id, b.account_id, b.uid_next - 1 as uid, b.modseq, w.seen
    ),
    ${meeting({ school, writer, newTo })},
    placed as (
      insert into
        entry (school_id, mailbox_id, uid, message_id, seen, modseq, size_bytes, sender_role,
          first_time)
      select ${school}::integer, id, uid, ${message}, seen, modseq, ${size},
        case when not seen then ${role}::text
        end,
        not seen and account_id in (select account_id from met)
      from box
      returning 1
    )
  `;
}

/**
 * Finds which of these readers meet the writer by this letter; their next one is no first any
 * more.
 */
const meeting = ({
  school,
  writer,
  newTo,
}: Readonly<Record<'school' | 'writer' | 'newTo', RawBuilder<unknown>>>) => sql`
  met as (
    insert into known_writer (school_id, account_id, writer)
    select a.school_id, a.id, ${writer}::bytea
    from account a
    where a.school_id = ${school}::integer
      and a.id = any(${newTo}::bigint[])
      and a.role <> 'pupil'
    order by a.id
    on conflict do nothing
    returning account_id
  )
`;

/**
 * An account without the mailbox is a fault: an accepted message that reaches nobody must not be
 * possible.
 */
function allPlaced(
  placed: number,
  message: MessageId,
  { inboxes, junk, sentOf }: Pick<Boxes, 'inboxes' | 'junk' | 'sentOf'>,
): void {
  const expected = new Set(inboxes).size + new Set(junk).size + (sentOf === null ? 0 : 1);
  if (placed !== expected)
    throw new Fault('row-missing', `message ${message}: ${placed} of ${expected} mailboxes`, {
      transient: false,
    });
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
