import { sql, type Kysely } from 'kysely';

/** Tombstones are swept mailbox by mailbox, by whoever expunges there: by their primary key. Old code may still run. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index expunged_at`.execute(db);
}
