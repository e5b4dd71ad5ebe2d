import { sql, type Kysely } from 'kysely';

/**
 * The proof of isolation reads of which communes an agent is (decision 89). Running code asks for
 * nothing of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`grant select (communes) on account to preau_isolation`.execute(db);
}
