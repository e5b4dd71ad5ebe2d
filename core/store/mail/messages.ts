import { createHash } from 'node:crypto';
import { CompiledQuery, sql, type RawBuilder, type Selectable } from 'kysely';
import { Fault } from '../../fault.ts';
import type { AccountId, AddressId, MailboxId, MessageId, SchoolId, Uid } from '../../ids.ts';
import type { Keys } from '../../message/keys.ts';
import type { Attachment, Envelope, Part, ReadMessage } from '../../message/message.ts';
import type { Role } from '../../rules/facts.ts';
import { compiledOnce, type Placeholders } from '../compiled-once.ts';
import { ahead } from '../connections.ts';
import type { Database, Origin } from '../database.ts';
import { proofColumn } from '../lost-commit.ts';
import type { SchoolTx } from '../store.ts';
import type { ProvedBy } from './contract.ts';
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
  readonly handed: Handed | null;
}

/** How a message was handed over: what is known of it besides the word of its header. */
export interface Handed {
  /** The addresses that it was handed over for (RCPT TO), each once. */
  readonly recipients: readonly string[];
  /** What proved a stranger's From address; null: nothing did, or somebody of the town wrote it. */
  readonly provedBy: ProvedBy | null;
}

/**
 * Stores one message of one school: its bytes once, and all that listing needs. It is in nobody's
 * mailbox yet.
 */
export async function insertMessage(tx: SchoolTx, message: NewMessage): Promise<MessageId> {
  const {
    rows: [row],
  } = await tx.db.executeQuery(inserting(tx.db, messageValues(tx.school, message)));
  if (!row) throw new Fault('row-missing', 'a message was not stored', { transient: false });
  learn(row);
  return row.id;
}

const inserting = compiledOnce<MessageValues, { id: MessageId }>((at) => {
  const { text, answer } = storing(at);
  return sql`with stored as (${text}) select id, ${answer} from stored`;
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
export function messageValues(school: SchoolId, { sender, origin, read, raw, handed }: NewMessage) {
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
    ...wordsOf(read.searchText),
  };
}

/** The columns of `folded`, by their place, from 1: as SQL counts. */
export const FOLDED = {
  subject: 1,
  from: 2,
  to: 3,
  cc: 4,
  bcc: 5,
  baseSubject: 6,
  firstFrom: 7,
  firstTo: 8,
  firstCc: 9,
  shownFrom: 10,
  shownTo: 11,
} as const;

/** The column `folded` of a message with these keys. */
export function foldedOf(keys: Keys): (string | null)[] {
  return (Object.keys(FOLDED) as (keyof typeof FOLDED)[]).map((name) => keys[name]);
}

/** Where a message goes within one school. */
export interface Boxes {
  readonly inboxes: readonly AccountId[];
  /** The account that gets a copy in Sent, already seen; null for none. */
  readonly sentOf: AccountId | null;
}

/**
 * Stores one message of one school and puts it into mailboxes, as `insertMessage` and `place` do;
 * one statement.
 */
export async function deliver(
  tx: SchoolTx,
  message: NewMessage,
  { inboxes, sentOf }: Boxes,
): Promise<MessageId> {
  const {
    rows: [row],
  } = await tx.db.executeQuery(
    delivering(tx.db, { ...messageValues(tx.school, message), inboxes, sentOf }),
  );
  if (!row) throw new Fault('row-missing', 'a message was not stored', { transient: false });
  learn(row);
  allPlaced(row.placed, row.id, { inboxes, sentOf });
  return row.id;
}

const delivering = compiledOnce<MessageValues & Boxes, { id: MessageId; placed: number }>(
  ({ inboxes, sentOf, ...message }) => {
    const { text, answer } = storing(message);
    const placed = placing({
      message: sql`(select id from stored)`,
      size: sql`(select size_bytes from stored)`,
      school: message.school_id,
      inboxes,
      sentOf,
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
export async function place(
  tx: SchoolTx,
  {
    message,
    sizeBytes,
    inboxes,
    sentOf,
  }: Boxes & { readonly message: MessageId; readonly sizeBytes: number },
): Promise<void> {
  const {
    rows: [row],
  } = await tx.db.executeQuery(
    placingStored(tx.db, { school: tx.school, message, sizeBytes, inboxes, sentOf }),
  );
  allPlaced(row?.placed ?? 0, message, { inboxes, sentOf });
}

const placingStored = compiledOnce<
  Boxes & { readonly school: SchoolId; readonly message: MessageId; readonly sizeBytes: number },
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
 * commit: no two deliveries share one, and none comes back.
 */
function placing({
  message,
  size,
  school,
  inboxes,
  sentOf,
}: Readonly<
  Record<'message' | 'size' | 'school' | 'inboxes' | 'sentOf', RawBuilder<unknown>>
>): RawBuilder<unknown> {
  return sql`
    wanted as (
      select b.id, b.use = 'sent' as seen
      from mailbox b
      where b.school_id = ${school}::integer
        and (
          (b.use = 'inbox' and b.account_id = any(${inboxes}::bigint[]))
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
      returning b.id, b.uid_next - 1 as uid, b.modseq, w.seen
    ),
    placed as (
      insert into entry (school_id, mailbox_id, uid, message_id, seen, modseq, size_bytes)
      select ${school}::integer, id, uid, ${message}, seen, modseq, ${size}
      from box
      returning 1
    )
  `;
}

/**
 * An account without the mailbox is a fault: an accepted message that reaches nobody must not be
 * possible.
 */
function allPlaced(placed: number, message: MessageId, { inboxes, sentOf }: Boxes): void {
  const expected = new Set(inboxes).size + (sentOf === null ? 0 : 1);
  if (placed !== expected)
    throw new Fault('row-missing', `message ${message}: ${placed} of ${expected} mailboxes`, {
      transient: false,
    });
}

/**
 * Ahead of the next statement: none of these accounts' mail may go past its quota with so many
 * bytes more, or that fails with `mailbox-full`.
 */
export async function requireRoom(
  tx: SchoolTx,
  accounts: readonly AccountId[],
  sizeBytes: number,
): Promise<void> {
  if (accounts.length > 0)
    await ahead(
      tx.db,
      CompiledQuery.raw('select require_room($1::bigint[], $2)', [accounts, sizeBytes]),
    );
}

/**
 * Of these accounts, those whose mail would go past their quota with so many bytes more; since when
 * each is full, null for not before now.
 */
export async function fullAccounts(
  tx: SchoolTx,
  accounts: readonly AccountId[],
  sizeBytes: number,
): Promise<{ account: AccountId; since: Date | null }[]> {
  if (accounts.length === 0) return [];
  const { rows } = await sql<{ id: number; full_since: Date | null }>`
    select a.id, a.full_since from account a
    join mailbox b on b.school_id = a.school_id and b.account_id = a.id
    where a.school_id = ${tx.school} and a.id = any(${accounts}::bigint[])
    group by a.id, a.full_since, a.quota_bytes
    having sum(b.bytes) + ${sizeBytes} > a.quota_bytes`.execute(tx.db);
  return rows.map((row) => ({ account: Number(row.id) as AccountId, since: row.full_since }));
}

/** Remembers since when an account has been too full for its mail; kept at the first time. */
export async function markFull(tx: SchoolTx, account: AccountId, since: Date): Promise<void> {
  await tx.db
    .updateTable('account')
    .set({ full_since: sql<Date>`coalesce(full_since, ${since})` })
    .where('school_id', '=', tx.school)
    .where('id', '=', account)
    .execute();
}

/**
 * Puts a stored message into one mailbox of its owner's own, as a draft or as something added; it
 * was never received. Gives its UID.
 */
export async function append(
  tx: SchoolTx,
  mailbox: MailboxId,
  {
    message,
    sizeBytes,
    draft,
  }: { readonly message: MessageId; readonly sizeBytes: number; readonly draft: boolean },
): Promise<Uid> {
  const {
    rows: [row],
  } = await sql<{ uid: number }>`
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
  `.execute(tx.db);
  if (!row) throw new Fault('row-missing', `mailbox ${mailbox}`, { transient: false });
  return Number(row.uid) as Uid;
}

/** A stored message as moderation and release need it. */
export interface StoredMessage {
  readonly id: MessageId;
  readonly senderAddressId: AddressId | null;
  readonly senderRole: Role;
  readonly origin: Origin;
  readonly envelope: Envelope;
  readonly attachments: readonly Attachment[];
  readonly structure: Part;
  readonly receivedAt: Date;
  readonly handed: Handed | null;
  readonly raw: Buffer;
}

/** The same without its bytes, which may be many. */
export type StoredHead = Omit<StoredMessage, 'raw'>;

const HEAD = [
  'id',
  'sender_address_id',
  'sender_role',
  'origin',
  'envelope',
  'attachments',
  'structure',
  'received_at',
  'recipients',
  'proved_by',
] as const;

export async function storedMessages(
  tx: SchoolTx,
  ids: readonly MessageId[],
): Promise<Map<MessageId, StoredMessage>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('message')
    .select([...HEAD, 'raw'])
    .where('school_id', '=', tx.school)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id as MessageId, { ...headOf(row), raw: row.raw }]));
}

export async function storedHeads(
  tx: SchoolTx,
  ids: readonly MessageId[],
): Promise<Map<MessageId, StoredHead>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('message')
    .select(HEAD)
    .where('school_id', '=', tx.school)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id as MessageId, headOf(row)]));
}

function headOf(row: Pick<Selectable<Database['message']>, (typeof HEAD)[number]>): StoredHead {
  return {
    id: row.id as MessageId,
    senderAddressId: row.sender_address_id as AddressId | null,
    senderRole: row.sender_role,
    origin: row.origin,
    envelope: row.envelope,
    attachments: row.attachments,
    structure: row.structure,
    receivedAt: row.received_at,
    handed:
      row.recipients === null ? null : { recipients: row.recipients, provedBy: row.proved_by },
  };
}

/** A piece of a message's bytes, the end left out. */
export interface Range {
  readonly message: MessageId;
  readonly start: number;
  readonly end: number;
}

/**
 * The bytes of pieces, in their order; the database reads no more of a big message than these.
 * Empty for a message that is gone.
 */
export async function rangesOf(tx: SchoolTx, ranges: readonly Range[]): Promise<Buffer[]> {
  const found: Buffer[] = ranges.map(() => Buffer.alloc(0));
  const { rows } = await sql<{ place: number; bytes: Buffer }>`
    select p.place::integer as place, substring(m.raw from p.start + 1 for p.length) as bytes
    from unnest(${ranges.map(({ message }) => message)}::bigint[],
        ${ranges.map(({ start }) => start)}::integer[],
        ${ranges.map(({ start, end }) => Math.max(0, end - start))}::integer[]) with ordinality
        as p (message, start, length, place)
      join message m on m.school_id = ${tx.school}
      and m.id = p.message
  `.execute(tx.db);
  for (const { place, bytes } of rows) found[place - 1] = bytes;
  return found;
}
