import { sql, type RawBuilder } from 'kysely';
import type { Batch, Columns, MailboxId, Uid, UidSet } from '../../core.ts';
import type { Part } from '../../message/message.ts';
import { flagBits, flagTexts, flagWords } from './flag-columns.ts';
import type { SchoolTx } from '../store.ts';
import { firstOf, numbersIn } from './uid-ranges.ts';

/** Between values in one text: no ready text holds it, nor a preview. */
const SEPARATOR = '\u001E';
const joined = (value: RawBuilder<unknown>): RawBuilder<unknown> => sql`string_agg(${value}, ${sql.lit(SEPARATOR)})`;
/** Of messages from before there was ready text. */
const NO_ENVELOPE = `(${Array.from({ length: 10 }, () => 'NIL').join(' ')})`;
const NO_STRUCTURE = '("TEXT" "PLAIN" NIL NIL NIL "8BIT" 0 0)';
const milliseconds = (column: string): RawBuilder<unknown> => sql`string_agg((extract(epoch from ${sql.ref(column)}) * 1000)::bigint::text, ',')`;

/** What each column is in SQL, and how its text becomes values. `ofMessage`: it stands in the message, not in the entry. */
const AGGREGATES: Readonly<Record<keyof Columns, { readonly sql: RawBuilder<unknown>; readonly ofMessage: boolean }>> = {
  flags: { sql: flagBits, ofMessage: false },
  modseq: { sql: sql`string_agg(e.modseq::text, ',')`, ofMessage: false },
  internalDate: { sql: milliseconds('e.internal_date'), ofMessage: false },
  size: { sql: sql`string_agg(e.size_bytes::text, ',')`, ofMessage: false },
  savedDate: { sql: milliseconds('e.saved_at'), ofMessage: false },
  preview: { sql: joined(sql`e.preview`), ofMessage: true },
  envelope: { sql: joined(sql`coalesce(e.wire_envelope, ${sql.lit(NO_ENVELOPE)})`), ofMessage: true },
  body: { sql: joined(sql`coalesce(e.wire_body, ${sql.lit(NO_STRUCTURE)})`), ofMessage: true },
  bodyStructure: { sql: joined(sql`coalesce(e.wire_structure, ${sql.lit(NO_STRUCTURE)})`), ofMessage: true },
  emailId: { sql: sql`string_agg('E' || e.message_id, ',')`, ofMessage: false },
  threadId: { sql: sql`string_agg('T' || left(md5(coalesce(e.refs[1], e.header_id, e.message_id::text)), 20), ',')`, ofMessage: true },
};
const FROM_MESSAGE: Partial<Record<keyof Columns, RawBuilder<unknown>>> = {
  preview: sql`m.preview`, envelope: sql`m.wire_envelope`, body: sql`m.wire_body`, bodyStructure: sql`m.wire_structure`, threadId: sql`m.refs, m.header_id`,
};
const NAMES = Object.keys(AGGREGATES) as (keyof Columns)[];

/** The thread of a message (RFC 8474 §5.2): its oldest ancestor's id, hashed. The same as above. */
export const threadIdOf = sql`'T' || left(md5(coalesce(m.refs[1], m.header_id, m.id::text)), 20)`;

/** The first `limit` messages of a set: each column comes as one text, made by the database, and is cut apart here. */
export async function fetchBatch(tx: SchoolTx, mailbox: MailboxId, uids: UidSet, columns: Columns, page: { readonly limit: number; readonly changedSince: number | null }): Promise<Batch> {
  const wanted = NAMES.filter((name) => columns[name]);
  const needsMessage = wanted.some((name) => AGGREGATES[name].ofMessage);
  const own = sql.join([sql`e.*`, ...wanted.flatMap((name) => FROM_MESSAGE[name] ?? [])]);
  const values = sql.join([
    sql`string_agg(e.uid::text, ',') as uids`, ...wanted.map((name) => sql`${AGGREGATES[name].sql} as ${sql.ref(name)}`), ...(columns.flags ? [sql`${flagWords} as words`] : []),
  ]);
  const { rows: [row] } = await sql<Partial<Record<keyof Columns | 'uids' | 'words', string | null>>>`
    select ${values} from (
      select ${own} from ${firstOf(tx, mailbox, uids, page.limit, page.changedSince === null ? sql`true` : sql`e.modseq > ${page.changedSince}`)} e
      ${needsMessage ? sql`join message m on m.school_id = ${tx.school} and m.id = e.message_id` : sql``}
      order by e.uid) e`.execute(tx.db);
  const numbers = (name: keyof Columns | 'uids'): number[] => numbersIn(row?.[name] ?? null);
  const texts = (name: keyof Columns, separator = SEPARATOR): string[] => (typeof row?.[name] === 'string' ? row[name].split(separator) : []);
  return {
    uids: numbers('uids'), flags: flagTexts(row?.flags ?? '', row?.words ?? null), modseqs: numbers('modseq'), internalDates: numbers('internalDate'), sizes: numbers('size'),
    savedDates: numbers('savedDate'), previews: texts('preview'), envelopes: texts('envelope'), bodies: texts('body'), bodyStructures: texts('bodyStructure'),
    emailIds: texts('emailId', ','), threadIds: texts('threadId', ','),
  };
}

/** What sections are cut from. */
export interface Shape {
  readonly uid: Uid;
  readonly sizeBytes: number;
  readonly headerBytes: number;
  /** Null where it wasn't asked for. */
  readonly structure: Part | null;
}

export async function shapesOf(tx: SchoolTx, mailbox: MailboxId, uids: UidSet, { limit, structure }: { readonly limit: number; readonly structure: boolean }): Promise<Shape[]> {
  const { rows } = await sql<{ uid: number; size: number; header: number; structure: Part | null }>`
    select e.uid, e.size_bytes as size, coalesce(m.header_bytes, (m.structure->>'bodyStart')::integer) as header, ${structure ? sql`m.structure` : sql`null`} as structure
    from ${firstOf(tx, mailbox, uids, limit)} e join message m on m.school_id = ${tx.school} and m.id = e.message_id
    order by e.uid`.execute(tx.db);
  return rows.map((row) => ({ uid: row.uid as Uid, sizeBytes: row.size, headerBytes: row.header, structure: row.structure }));
}

/** A piece of a message's bytes, the end left out. */
export interface Piece { readonly uid: number; readonly start: number; readonly end: number }

/** The bytes of pieces, in their order; null for a message that is gone. The database reads no more of a big message than the piece. */
export async function piecesOf(tx: SchoolTx, mailbox: MailboxId, pieces: readonly Piece[]): Promise<(Buffer | null)[]> {
  const { rows } = await sql<{ place: number; bytes: Buffer }>`
    select p.place::integer as place, substring(m.raw from p.start + 1 for p.length) as bytes
    from unnest(${pieces.map(({ uid }) => uid)}::bigint[], ${pieces.map(({ start }) => start)}::integer[], ${pieces.map(({ start, end }) => Math.max(0, end - start))}::integer[])
      with ordinality as p (uid, start, length, place)
    join entry e on e.school_id = ${tx.school} and e.mailbox_id = ${mailbox} and e.uid = p.uid
    join message m on m.school_id = e.school_id and m.id = e.message_id`.execute(tx.db);
  const found: (Buffer | null)[] = pieces.map(() => null);
  for (const { place, bytes } of rows) found[place - 1] = bytes;
  return found;
}
