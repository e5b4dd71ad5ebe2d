import { createQueryId, PostgresQueryCompiler, sql, type RawBuilder } from 'kysely';
import type { SchoolId } from '../ground/ids.ts';
import type { LargeRead } from './large-reads.ts';

/** `query` gives one column and at most one row, and has no parameters: COPY takes none. */
export function largeRead(school: SchoolId, query: RawBuilder<unknown>): LargeRead {
  const id = sql.lit(String(school));
  return {
    begin: textOf(sql`begin read only; select set_config('preau.school', ${id}, true)`),
    copy: textOf(sql`copy (${query}) to stdout (format binary)`),
  };
}

const COMPILER = new PostgresQueryCompiler();

function textOf(query: RawBuilder<unknown>): string {
  const { sql: text, parameters } = COMPILER.compileQuery(query.toOperationNode(), createQueryId());
  if (parameters.length > 0) throw new Error('COPY takes no parameters: sql.lit writes them out');
  return text;
}
