import { sql, type Kysely } from 'kysely';

/** What SEARCH and SORT look through stays in the row too, uncompressed, when it grows too long. Old code may still run. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table message alter column folded set storage main`.execute(db);
}
