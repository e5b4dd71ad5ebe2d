import { sql, type RawBuilder } from 'kysely';
import type { AccountId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import { keysOf } from '../../ground/keys.ts';
import type { Part } from '../../letters/message/message.ts';
import { bytesElsewhere } from '../bodies/elsewhere.ts';
import type { SchoolTx } from '../store.ts';
import type { Batch, Columns, UidSet } from './contract.ts';
import { flagBits, flagTexts, flagWords } from './flag-columns.ts';
import type { ReadyTexts, TextColumn } from './ready-texts.ts';
import { firstOf, numbersIn } from './uid-ranges.ts';

/** Between values in one text: no ready text holds it, nor a preview. */
const SEPARATOR = '\u001E';
const joined = (value: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`string_agg(${value}, ${sql.lit(SEPARATOR)})`;
/** Of messages from before there was ready text. */
const NO_ENVELOPE = `(${Array.from({ length: 10 }, () => 'NIL').join(' ')})`;
const NO_STRUCTURE = '("TEXT" "PLAIN" NIL NIL NIL "8BIT" 0 0)';
const milliseconds = (column: string): RawBuilder<unknown> =>
  sql`string_agg((extract(epoch from ${sql.ref(column)}) * 1000)::bigint::text, ',')`;

/** What stands in the entry. */
const ENTRY = {
  flags: flagBits,
  modseq: sql`string_agg(e.modseq::text, ',')`,
  internalDate: milliseconds('e.internal_date'),
  size: sql`string_agg(e.size_bytes::text, ',')`,
  savedDate: milliseconds('e.saved_at'),
} as const satisfies Partial<Record<keyof Columns, RawBuilder<unknown>>>;
type EntryColumn = keyof typeof ENTRY;
const ENTRY_COLUMNS = keysOf(ENTRY);

/**
 * What a message and its copies are told apart from all others by, whatever mailboxes they lie in
 * (RFC 8474 §5.1).
 */
export const emailIdOf = sql`'E' || coalesce(m.twin_of, m.id)`;
/** The thread of a message (RFC 8474 §5.2): its oldest ancestor's id, hashed. */
export const threadIdOf = sql`
  'T' || left(md5(coalesce(m.refs[1], m.header_id, coalesce(m.twin_of, m.id)::text)), 20)
`;

/** What stands in the message. */
const TEXT: Readonly<Record<TextColumn, RawBuilder<unknown>>> = {
  preview: sql`m.preview`,
  envelope: sql`coalesce(m.wire_envelope, ${sql.lit(NO_ENVELOPE)})`,
  body: sql`coalesce(m.wire_body, ${sql.lit(NO_STRUCTURE)})`,
  bodyStructure: sql`coalesce(m.wire_structure, ${sql.lit(NO_STRUCTURE)})`,
  emailId: emailIdOf,
  threadId: threadIdOf,
};
const TEXT_COLUMNS = keysOf(TEXT);

/** Which columns, of which messages. */
interface Page {
  readonly uids: UidSet;
  readonly columns: Columns;
  readonly limit: number;
  readonly changedSince: number | null;
  readonly texts: ReadyTexts;
  /** Hears which messages are in the batch as soon as that is known, before their texts are. */
  readonly heard: (uids: readonly number[]) => void;
}

/**
 * A mailbox whose rows are to be given only if it is this account's; with null whoever asks has
 * made sure that they may be.
 */
interface Whose {
  readonly mailbox: MailboxId;
  readonly owner: AccountId | null;
}

/**
 * The first `limit` messages of a set: each column comes as one text, made by the database, and is
 * cut apart here. Texts of messages are asked for by themselves, and only those that aren't known:
 * looking up ten thousand ids at once costs half of joining them. Null where the mailbox isn't the
 * owner's.
 */
export async function fetchBatch(tx: SchoolTx, whose: Whose, page: Page): Promise<Batch | null> {
  const wanted = TEXT_COLUMNS.filter((name) => page.columns[name]);
  const needsIds = wanted.length > 0;
  const entries = await entriesOf(tx, whose, { ...page, needsIds });
  if (!entries) return null;
  const { ids, batch } = entries;
  page.heard(batch.uids);
  const texts = await textsOf(tx, ids, { columns: wanted, texts: page.texts });
  return {
    ...batch,
    previews: texts.preview ?? [],
    envelopes: texts.envelope ?? [],
    bodies: texts.body ?? [],
    bodyStructures: texts.bodyStructure ?? [],
    emailIds: texts.emailId ?? [],
    threadIds: texts.threadId ?? [],
  };
}

type EntryBatch = Omit<
  Batch,
  'previews' | 'envelopes' | 'bodies' | 'bodyStructures' | 'emailIds' | 'threadIds'
>;

async function entriesOf(
  tx: SchoolTx,
  { mailbox, owner }: Whose,
  { uids, columns, limit, changedSince, needsIds }: Page & { readonly needsIds: boolean },
): Promise<{ readonly ids: readonly number[]; readonly batch: EntryBatch } | null> {
  const mayBe =
    owner === null
      ? sql`true`
      : sql`
        exists (
          select
          from mailbox
          where school_id = ${tx.school} and id = ${mailbox} and account_id = ${owner}
        )
      `;
  const fits = changedSince === null ? mayBe : sql`e.modseq > ${changedSince} and ${mayBe}`;
  const values = sql.join([
    sql`string_agg(e.uid::text, ',') as uids`,
    ...ENTRY_COLUMNS.filter((name) => columns[name]).map(
      (name) => sql`${ENTRY[name]} as ${sql.ref(name)}`,
    ),
    ...(columns.flags ? [sql`${flagWords} as words`] : []),
    ...(needsIds ? [sql`string_agg(e.message_id::text, ',') as ids`] : []),
  ]);
  const {
    rows: [row],
  } = await sql<
    { may: boolean } & Partial<Record<EntryColumn | 'uids' | 'words' | 'ids', string | null>>
  >`
    select ${mayBe} as may, ${values}
    from (select * from ${firstOf(tx, { mailbox, uids, limit, extra: fits })} e order by e.uid) e
  `.execute(tx.kept);
  if (!row?.may) return null;
  const numbers = (name: EntryColumn | 'uids' | 'ids'): number[] => numbersIn(row?.[name] ?? null);
  return {
    ids: numbers('ids'),
    batch: {
      uids: numbers('uids'),
      flags: flagTexts(row.flags ?? '', row.words ?? null),
      modseqs: numbers('modseq'),
      internalDates: numbers('internalDate'),
      sizes: numbers('size'),
      savedDates: numbers('savedDate'),
    },
  };
}

/**
 * These columns of these messages, whose entries were read in the same moment of the database: so
 * they are there.
 */
async function textsOf(
  tx: SchoolTx,
  ids: readonly number[],
  { columns, texts }: { readonly columns: readonly TextColumn[]; readonly texts: ReadyTexts },
): Promise<Partial<Record<TextColumn, string[]>>> {
  const found: Partial<Record<TextColumn, string[]>> = {};
  const missing = new Set<number>();
  for (const column of columns) {
    const known = texts.of(column);
    found[column] = ids.map((id) => {
      const text = known.get(id);
      if (text === undefined) missing.add(id);
      return text ?? '';
    });
  }
  if (missing.size === 0) return found;
  const fresh = await readTexts(tx, [...missing], columns);
  for (const column of columns) {
    const read = new Map(fresh.ids.map((id, index) => [id, fresh.texts[column]?.[index] ?? '']));
    texts.remember(column, fresh.ids, fresh.texts[column] ?? []);
    found[column] = ids.map((id, index) => read.get(id) ?? found[column]?.[index] ?? '');
  }
  return found;
}

/** The ids are given as what a question gives: the planner looks at each of those that it sees. */
async function readTexts(
  tx: SchoolTx,
  ids: readonly number[],
  columns: readonly TextColumn[],
): Promise<{
  readonly ids: readonly number[];
  readonly texts: Partial<Record<TextColumn, string[]>>;
}> {
  const {
    rows: [row],
  } = await sql<Partial<Record<TextColumn | 'ids', string | null>>>`
    select string_agg(m.id::text, ',') as ids,
      ${sql.join(columns.map((name) => sql`${joined(TEXT[name])} as ${sql.ref(name)}`))}
    from message m
    where m.school_id = ${tx.school}
      and m.id = any((select ${`{${ids.join(',')}}`}::bigint[])::bigint[])
  `.execute(tx.kept);
  return {
    ids: numbersIn(row?.ids ?? null),
    texts: Object.fromEntries(columns.map((name) => [name, row?.[name]?.split(SEPARATOR) ?? []])),
  };
}

/** What sections are cut from. */
export interface MessageShape {
  readonly uid: Uid;
  readonly sizeBytes: number;
  readonly headerBytes: number;
  /** Null where it wasn't asked for. */
  readonly structure: Part | null;
}

interface ShapeQuery {
  readonly uids: UidSet;
  readonly limit: number;
  readonly structure: boolean;
}

export async function shapesOf(
  tx: SchoolTx,
  mailbox: MailboxId,
  { uids, limit, structure }: ShapeQuery,
): Promise<MessageShape[]> {
  const { rows } = await sql<{ uid: Uid; size: number; header: number; structure: Part | null }>`
    select e.uid, e.size_bytes as size,
      coalesce(m.header_bytes, (m.structure ->> 'bodyStart')::integer) as header,
      ${structure ? sql`m.structure` : sql`null`} as structure
    from ${firstOf(tx, { mailbox, uids, limit })} e
      join message m on m.school_id = ${tx.school}
      and m.id = e.message_id
    order by e.uid
  `.execute(tx.kept);
  return rows.map((row) => ({
    uid: row.uid,
    sizeBytes: row.size,
    headerBytes: row.header,
    structure: row.structure,
  }));
}

/** A piece of a message's bytes, the end left out. */
export interface Piece {
  readonly uid: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The bytes of pieces, in their order; null for a message that is gone. The database reads no more
 * of a big message than the piece.
 */
export async function piecesOf(
  tx: SchoolTx,
  mailbox: MailboxId,
  pieces: readonly Piece[],
): Promise<(Buffer | null)[]> {
  const { rows } = await sql<{ ordinal: number; id: MessageId; bytes: Buffer | null }>`
    select p.ordinal::integer as ordinal, m.id, substring(m.raw from p.start + 1 for p.length) as bytes
    from unnest(${pieces.map(({ uid }) => uid)}::bigint[],
        ${pieces.map(({ start }) => start)}::integer[],
        ${pieces.map(({ start, end }) => Math.max(0, end - start))}::integer[]) with ordinality
        as p (uid, start, length, ordinal)
      join entry e on e.school_id = ${tx.school}
      and e.mailbox_id = ${mailbox}
      and e.uid = p.uid
      join message m on m.school_id = e.school_id
      and m.id = e.message_id
  `.execute(tx.kept);
  const found: (Buffer | null)[] = pieces.map(() => null);
  const away = rows.filter(({ bytes }) => bytes === null);
  const brought = await bytesElsewhere(
    tx,
    away.map(({ id, ordinal }) => ({ message: id, span: pieces[ordinal - 1] ?? null })),
  );
  for (const { ordinal, bytes } of rows) found[ordinal - 1] = bytes;
  for (const [at, { ordinal }] of away.entries()) found[ordinal - 1] = brought[at] ?? null;
  return found;
}
