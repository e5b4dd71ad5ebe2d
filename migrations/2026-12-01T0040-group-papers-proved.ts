import { sql, type Kysely } from 'kysely';

/** The nightly proof tells papers of groups that have left, and who reads each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`grant select (class_id, version) on paper to preau_isolation`.execute(db);
}
