import { sql, type Kysely } from 'kysely';

/**
 * Since when all that a town is asked before its first morning is green, as it was last looked at by
 * any process; null: something is left. Running code goes on without it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table town add column ready_at timestamptz`.execute(db);
}
