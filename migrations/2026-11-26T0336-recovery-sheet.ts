import { sql, type Kysely } from 'kysely';

/**
 * When somebody said that they have kept the sheet of their recovery codes; null: not yet, and an
 * agent of a real town finds nothing open before. Running code goes on: it doesn't ask.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table second_factor add column sheet_kept_at timestamptz`.execute(db);
}
