import { sql, type RawBuilder } from 'kysely';
import type { QueryRunner } from '../kysely-on.ts';

/** So many are told at once: whoever mends them asks again. */
const MOST_FAULTS = 100;

/** What a query finds wrong, a sentence each in its column `fault`. */
export async function faultsOf(
  { db }: Pick<QueryRunner, 'db'>,
  query: RawBuilder<unknown>,
): Promise<readonly string[]> {
  const { rows } = await sql<{ fault: string }>`${query} limit ${MOST_FAULTS}`.execute(db);
  return rows.map(({ fault }) => fault);
}
