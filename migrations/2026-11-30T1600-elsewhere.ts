import { sql, type Kysely } from 'kysely';

/**
 * Few people are in another school too: the proof of isolation asks in each school who they are.
 * Running code goes on.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index address_present_elsewhere on address (id) where cardinality(present_in) > 0
  `.execute(db);
}
