import { sql } from 'kysely';
import type { MessageId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import { nameOf, WantedElsewhere, type BodyPlace, type PlaceSpan } from './brought.ts';
import type { Span } from './frames.ts';

/** Bytes of a letter as they are wanted; null: all of them. */
interface WantedBytes {
  readonly message: MessageId;
  readonly span: Span | null;
}

interface PlaceRow extends BodyPlace {
  readonly message: MessageId;
  /** This much of it lies here all the same. */
  readonly head: Buffer;
}

/** The bytes of letters whose `raw` is null, in their order. */
export async function bytesElsewhere(
  tx: SchoolTx,
  wanted: readonly WantedBytes[],
): Promise<readonly Buffer[]> {
  if (wanted.length === 0) return [];
  const places = await placesOfLetters(
    tx,
    wanted.map(({ message }) => message),
  );
  const missing: PlaceSpan[] = [];
  const found = wanted.map(({ message, span }): Buffer => {
    const place = places.get(message);
    // Gone, or back in the database, between two statements: it is looked for anew.
    if (place === undefined) throw new WantedElsewhere([]);
    const asked = { place, span: span ?? { start: 0, end: place.sizeBytes } };
    if (asked.span.end <= place.head.length)
      return place.head.subarray(asked.span.start, asked.span.end);
    const brought = tx.brought.get(nameOf(asked));
    if (brought === undefined) missing.push(asked);
    return brought ?? place.head;
  });
  if (missing.length > 0) throw new WantedElsewhere(missing);
  return found;
}

async function placesOfLetters(
  tx: SchoolTx,
  messages: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, PlaceRow>> {
  const { rows } = await sql<PlaceRow>`
    select message_id as message, object, size_bytes as "sizeBytes", head,
      wrapped_key as "wrappedKey", wrapped_by as "wrappedBy"
    from away_body
    where school_id = ${tx.school} and message_id = any(${[...messages]}::bigint[])
  `.execute(tx.kept);
  return new Map(rows.map((row) => [row.message, row]));
}

/**
 * The bytes of a file that lies elsewhere; null: none does. A span goes no further than its end.
 */
export async function fileElsewhere(
  tx: SchoolTx,
  sha256: string,
  span: Span | null,
): Promise<Buffer | null> {
  const { rows } = await sql<BodyPlace>`
    select object, size_bytes as "sizeBytes", wrapped_key as "wrappedKey",
      wrapped_by as "wrappedBy"
    from away_body
    where school_id = ${tx.school} and sha256 = ${sha256}
  `.execute(tx.kept);
  const [place] = rows;
  if (place === undefined || (span !== null && span.start >= place.sizeBytes)) return null;
  const end = Math.min(span?.end ?? place.sizeBytes, place.sizeBytes);
  const asked = { place, span: { start: span?.start ?? 0, end } };
  const brought = tx.brought.get(nameOf(asked));
  if (brought === undefined) throw new WantedElsewhere([asked]);
  return brought;
}

/** Rows of letters, whose bytes are brought where the database has them no more. */
export async function withRaw<Row extends { readonly id: MessageId; readonly raw: Buffer | null }>(
  tx: SchoolTx,
  rows: readonly Row[],
): Promise<readonly (Row & { readonly raw: Buffer })[]> {
  const away = rows.filter(({ raw }) => raw === null);
  const brought = await bytesElsewhere(
    tx,
    away.map(({ id }) => ({ message: id, span: null })),
  );
  return rows.map((row) => ({
    ...row,
    raw: row.raw ?? brought[away.indexOf(row)] ?? Buffer.alloc(0),
  }));
}
