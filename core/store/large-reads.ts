import { createQueryId, PostgresQueryCompiler, sql, type RawBuilder } from 'kysely';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { SchoolId } from '../ground/ids.ts';
import { cutOut } from '../ground/pieces.ts';

/**
 * In the binary format of COPY (PostgreSQL's manual, COPY): a signature of 11 bytes, flags and the
 * length of an extension that there is none of, 4 each.
 */
const HEADER_BYTES = 19;
/** Before a row's only field: how many there are, and how long it is. */
const BEFORE_FIELD_BYTES = 6;
/** After the last row. */
const TRAILER_BYTES = 2;

/**
 * Reads a large value of one school as the database has it, in the chunks in which it comes. What a
 * statement answers comes as text, where bytes are twice as long, and the driver makes a string and
 * a copy of them: of 1 MiB that is three times the work, and what is to be cleared away five times
 * as much. `query` gives one column of one row, and has no parameters: COPY takes none. Resolves
 * with null where it gives no row.
 */
export async function readLarge(
  pool: pg.Pool,
  school: SchoolId,
  query: RawBuilder<unknown>,
): Promise<readonly Buffer[] | null> {
  const client = await pool.connect();
  try {
    await client.query(textOf(beginning(school)));
    const chunks: Buffer[] = [];
    for await (const chunk of client.query(copyTo(textOf(copying(query))))) chunks.push(chunk);
    await client.query('commit');
    client.release();
    return fieldIn(chunks);
  } catch (error) {
    client.release(true);
    throw error;
  }
}

const beginning = (school: SchoolId): RawBuilder<unknown> =>
  sql`begin read only; select set_config('preau.school', ${sql.lit(String(school))}, true)`;

const copying = (query: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`copy (${query}) to stdout (format binary)`;

const COMPILER = new PostgresQueryCompiler();

function textOf(query: RawBuilder<unknown>): string {
  const { sql: text, parameters } = COMPILER.compileQuery(query.toOperationNode(), createQueryId());
  if (parameters.length > 0) throw new Error('COPY takes no parameters: sql.lit writes them out');
  return text;
}

function fieldIn(chunks: readonly Buffer[]): readonly Buffer[] | null {
  const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
  const begin = HEADER_BYTES + BEFORE_FIELD_BYTES;
  const end = bytes - TRAILER_BYTES;
  return end < begin ? null : [...cutOut(chunks, { begin, end })];
}
