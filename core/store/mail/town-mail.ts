import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { AccountId, AddressId } from '../../ground/ids.ts';
import type { ReadMessage } from '../../letters/message/message.ts';
import type { Role } from '../../rules/facts.ts';
import { own } from '../own.ts';
import type { SchoolTx, Store } from '../store.ts';
import { foldedOf } from './messages.ts';
import { wordsOnce } from './word-roots.ts';

/** Somebody whose mail lives in this school. */
export interface BulkPerson {
  readonly addressId: AddressId;
  readonly account: AccountId;
  readonly role: Role;
  readonly address: string;
  readonly displayName: string;
}

export interface ClassPeople {
  readonly list: string;
  readonly familiesList: string;
  readonly teachers: readonly BulkPerson[];
  readonly pupils: readonly BulkPerson[];
  readonly guardians: readonly BulkPerson[];
}

/**
 * A message to be written into mailboxes without the path that real mail takes: for benches on
 * made-up towns only.
 */
export interface BulkMessage {
  readonly sender: BulkPerson;
  readonly inboxes: readonly AccountId[];
  readonly raw: Buffer;
  readonly read: ReadMessage;
  readonly at: Date;
  readonly seenBy: ReadonlySet<AccountId>;
}

/** Where the next message of one mailbox goes. */
interface Counter {
  readonly id: number;
  uid: number;
  modseq: number;
  total: number;
  unseen: number;
  bytes: number;
}

/** The mailboxes of a school that bulk mail goes into, by account; locked until the commit. */
interface Counters {
  readonly inboxes: ReadonlyMap<AccountId, Counter>;
  readonly sent: ReadonlyMap<AccountId, Counter>;
}

/** Bytes of messages in one statement at most. */
const BATCH_BYTES = 4_000_000;
const BATCH_MESSAGES = 400;

/**
 * Gives every message stored since then the date it should bear, in all schools: the small town's
 * letters are written in one go and spread over the last days. Only for a store that nobody else
 * writes to.
 */
export async function redate(
  store: Store,
  { since, at }: { since: Date; at: Date },
): Promise<void> {
  await store.town(async (tx) => {
    const schools = await tx.db.selectFrom('school').select('id').orderBy('id').execute();
    for (const { id } of schools) {
      const { db } = await tx.in(id);
      const messages = sql`
        (select id from message where school_id = ${id} and received_at >= ${since})
      `;
      await sql`
        update entry
        set internal_date = ${at}
        where school_id = ${id} and message_id in ${messages}
      `.execute(db);
      await sql`
        update hold
        set created_at = ${at}
        where school_id = ${id} and message_id in ${messages}
      `.execute(db);
      await sql`
        update message
        set received_at = ${at}
        where school_id = ${id} and received_at >= ${since}
      `.execute(db);
    }
  });
}

/**
 * The current classes of a school with their people; those whose home is another school are left
 * out.
 */
export async function readClassPeople(tx: SchoolTx): Promise<ClassPeople[]> {
  const { rows } = await sql<PersonRow>`
    with
      person as (
        select a.id as account, a.address_id, a.role, a.display_name,
          d.local || '@' || d.domain as address
        from account a join address d on d.id = a.address_id
        where a.school_id = ${tx.school} and a.state = 'active'
      ),
      member as (
        select class_id, address_id, role as part
        from membership
        where school_id = ${tx.school} and until_date is null and role <> 'aide'
      ),
      part as (
        select class_id, address_id, part
        from member
        union
        select m.class_id, g.guardian_address_id, 'guardian'
        from member m
          join guardianship g on g.school_id = ${tx.school}
          and g.child_address_id = m.address_id
          and not g.blocked
        where m.part = 'pupil'
      )
    select part.class_id, part.part, list.local || '@' || list.domain as list,
      families.local || '@' || families.domain as families, person.*
    from part
      join person using (address_id)
      join class c on c.school_id = ${tx.school}
      and c.id = part.class_id
      join address list on list.id = c.address_id
      join address families on families.school_id = ${tx.school}
      and families.kind = 'class-families'
      and families.target_id = c.id
    order by part.class_id, person.account
  `.execute(tx.db);
  const classes = Map.groupBy(rows, ({ class_id }) => class_id);
  return [...classes.values()].map((members) => ({
    list: members[0]?.list ?? '',
    familiesList: members[0]?.families ?? '',
    teachers: peopleOf(members, 'teacher'),
    pupils: peopleOf(members, 'pupil'),
    guardians: peopleOf(members, 'guardian'),
  }));
}

interface PersonRow {
  class_id: number;
  part: 'teacher' | 'pupil' | 'guardian';
  list: string;
  families: string;
  account: AccountId;
  address_id: AddressId;
  role: Role;
  display_name: string;
  address: string;
}

function peopleOf(rows: readonly PersonRow[], part: PersonRow['part']): BulkPerson[] {
  return rows
    .filter((row) => row.part === part)
    .map((row) => ({
      addressId: row.address_id,
      account: row.account,
      role: row.role,
      address: row.address,
      displayName: row.display_name,
    }));
}

/** Reads and locks the counters of the inboxes and sent mailboxes of a school. */
export async function lockCounters(tx: SchoolTx): Promise<Counters> {
  const rows = await own(tx)
    .selectFrom('mailbox')
    .select(['id', 'account_id', 'use', 'uid_next', 'modseq', 'total', 'unseen', 'bytes'])
    .where('use', 'in', ['inbox', 'sent'])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const of = (use: 'inbox' | 'sent') =>
    new Map(
      rows.flatMap(({ account_id: account, use: its, uid_next: uid, ...counts }) =>
        its === use && account !== null ? [[account, { ...counts, uid }] as const] : [],
      ),
    );
  return { inboxes: of('inbox'), sent: of('sent') };
}

/**
 * Writes messages, in the order given, into the inboxes they name and the sender's Sent; some
 * statements a batch.
 */
export async function insertBulk(
  tx: SchoolTx,
  counters: Counters,
  messages: readonly BulkMessage[],
): Promise<void> {
  for (const batch of batches(messages)) {
    const ids = await insertMessages(tx, batch);
    await insertEntries(
      tx,
      batch.flatMap((message, index) => entriesOf(counters, message, ids[index] ?? 0)),
    );
  }
}

function batches(messages: readonly BulkMessage[]): BulkMessage[][] {
  const all: BulkMessage[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const message of messages) {
    const last = all.at(-1);
    if (
      last === undefined ||
      size + message.raw.length > BATCH_BYTES ||
      last.length >= BATCH_MESSAGES
    ) {
      all.push([message]);
      size = message.raw.length;
    } else {
      last.push(message);
      size += message.raw.length;
    }
  }
  return all;
}

/** Gives the ids in the order of the batch. */
async function insertMessages(tx: SchoolTx, batch: readonly BulkMessage[]): Promise<number[]> {
  const column = <T>(of: (message: BulkMessage) => T): T[] => batch.map(of);
  const inserted = await sql<{ id: number; header_id: string }>`
    insert into
      message (school_id, sender_address_id, sender_role, origin, header_id, in_reply_to, refs,
        subject, preview, envelope, structure, attachments, search, automatic, size_bytes,
        received_at, sha256, raw, wire_envelope, wire_body, wire_structure, header_bytes,
        folded, sent_at, sent_on, is_reply)
    select ${tx.school}, sender, role, 'web', header_id, in_reply_to, '{}', subject, preview,
      envelope::jsonb, structure::jsonb, attachments::jsonb, to_tsvector('preau', search),
      false, octet_length(raw), at, sha256, raw, wire_envelope, wire_body, wire_structure,
      header_bytes, array(select jsonb_array_elements_text(folded::jsonb)), sent_at, sent_on,
      is_reply
    from unnest(
      ${column(({ sender }) => sender.addressId)}::bigint[],
      ${column(({ sender }) => sender.role)}::text[],
      ${column(({ read }) => read.envelope.messageId)}::text[],
      ${column(({ read }) => read.envelope.inReplyTo)}::text[],
      ${column(({ read }) => read.envelope.subject ?? '')}::text[],
      ${column(({ read }) => read.preview)}::text[],
      ${column(({ read }) => JSON.stringify(read.envelope))}::text[],
      ${column(({ read }) => JSON.stringify(read.structure))}::text[],
      ${column(({ read }) => JSON.stringify(read.attachments))}::text[],
      ${column(({ read }) => wordsOnce(read.searchText))}::text[],
      ${column(({ at }) => at)}::timestamptz[],
      ${column(({ raw }) => hash('sha256', raw, 'buffer'))}::bytea[],
      ${column(({ raw }) => raw)}::bytea[],
      ${column(({ read }) => read.wire.envelope)}::text[],
      ${column(({ read }) => read.wire.body)}::text[],
      ${column(({ read }) => read.wire.bodyStructure)}::text[],
      ${column(({ read }) => read.headerBytes)}::integer[],
      ${column(({ read }) => JSON.stringify(foldedOf(read.keys)))}::text[],
      ${column(({ read }) => read.keys.sentAt)}::timestamptz[],
      ${column(({ read }) => read.keys.sentOn)}::date[],
      ${column(({ read }) => read.keys.isReply)}::boolean[]
    ) as m (sender, role, header_id, in_reply_to, subject, preview, envelope, structure, attachments, search, at, sha256, raw, wire_envelope, wire_body, wire_structure, header_bytes, folded, sent_at, sent_on, is_reply)
    returning id, header_id
  `.execute(tx.db);
  const byHeader = new Map(inserted.rows.map(({ id, header_id }) => [header_id, id]));
  return column(({ read }) => byHeader.get(read.envelope.messageId ?? '') ?? 0);
}

interface NewEntry {
  readonly mailbox: number;
  readonly uid: number;
  readonly modseq: number;
  readonly message: number;
  readonly seen: boolean;
  readonly at: Date;
  readonly sizeBytes: number;
}

function entriesOf({ inboxes, sent }: Counters, message: BulkMessage, id: number): NewEntry[] {
  const places = [
    ...message.inboxes.map((account) => ({
      counter: inboxes.get(account),
      seen: message.seenBy.has(account),
    })),
    { counter: sent.get(message.sender.account), seen: true },
  ];
  return places.flatMap(({ counter, seen }): NewEntry[] => {
    if (counter === undefined) return [];
    const entry = {
      mailbox: counter.id,
      uid: counter.uid,
      modseq: counter.modseq + 1,
      message: id,
      seen,
      at: message.at,
      sizeBytes: message.raw.length,
    };
    counter.uid += 1;
    counter.modseq += 1;
    counter.total += 1;
    counter.unseen += seen ? 0 : 1;
    counter.bytes += message.raw.length;
    return [entry];
  });
}

async function insertEntries(tx: SchoolTx, entries: readonly NewEntry[]): Promise<void> {
  const column = <T>(of: (entry: NewEntry) => T): T[] => entries.map(of);
  await sql`
    insert into
      entry (school_id, mailbox_id, uid, message_id, seen, modseq, internal_date, size_bytes)
    select ${tx.school}, e.*
    from unnest(${column(({ mailbox }) => mailbox)}::bigint[],
        ${column(({ uid }) => uid)}::bigint[], ${column(({ message }) => message)}::bigint[],
        ${column(({ seen }) => seen)}::boolean[], ${column(({ modseq }) => modseq)}::bigint[],
        ${column(({ at }) => at)}::timestamptz[],
        ${column(({ sizeBytes }) => sizeBytes)}::integer[]) as e (mailbox, uid, message, seen,
        modseq, at, size)
  `.execute(tx.db);
}

/** Writes the counters back; until then nobody else may place anything in these mailboxes. */
export async function storeCounters(tx: SchoolTx, { inboxes, sent }: Counters): Promise<void> {
  const rows = [...inboxes.values(), ...sent.values()];
  await sql`
    update mailbox b
    set uid_next = c.uid, modseq = c.modseq, total = c.total, unseen = c.unseen, bytes = c.bytes
    from json_to_recordset(${JSON.stringify(rows)}::json) as c (id bigint, uid bigint,
        modseq bigint, total integer, unseen integer, bytes bigint)
    where b.school_id = ${tx.school} and b.id = c.id
  `.execute(tx.db);
}
