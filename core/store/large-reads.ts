import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { cutOut } from '../ground/pieces.ts';

/**
 * What is sent to read one large value of a school: it begins a reading transaction, and copies one
 * column of one row.
 */
export interface LargeRead {
  readonly begin: string;
  readonly copy: string;
}

/**
 * In the binary format of COPY (PostgreSQL's manual, COPY) there stand before the first value a
 * signature of 11 bytes, flags and the length of an extension that there is none of, 4 each, how
 * many columns the row has, 2, and how long the value is, 4; after the last row 2.
 */
const BEFORE_BYTES = 25;
const AFTER_BYTES = 2;

/**
 * Reads a large value as the database has it, in the chunks in which it comes; null: there is no
 * such row. What a statement answers comes as text, where bytes are twice as long, and the driver
 * makes a string and a copy of them: of 1 MiB that is three times the work, and what is to be
 * cleared away four times as much. Where it throws, the connection is no more to be used.
 */
export async function readLarge(
  client: pg.ClientBase,
  { begin, copy }: LargeRead,
): Promise<readonly Buffer[] | null> {
  await client.query(begin);
  const chunks: Buffer[] = [];
  for await (const chunk of client.query(copyTo(copy))) chunks.push(chunk);
  await client.query('commit');
  const end = chunks.reduce((sum, { length }) => sum + length, 0) - AFTER_BYTES;
  return end < BEFORE_BYTES ? null : [...cutOut(chunks, { begin: BEFORE_BYTES, end })];
}

/** The same on a connection of a pool. */
export async function readLargeOf(
  pool: pg.Pool,
  read: LargeRead,
): Promise<readonly Buffer[] | null> {
  const client = await pool.connect();
  try {
    const chunks = await readLarge(client, read);
    client.release();
    return chunks;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
