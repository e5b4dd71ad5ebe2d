import { sql, type Kysely } from 'kysely';

/**
 * A mailbox that gets a message which it has already gets a twin of it, and a mail program is to hear that the two are the same (RFC 8474 §5.1,
 * EMAILID): `twin_of` is the id of the first one, which may be gone by now. Running code copies the column with all others.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table message add column twin_of bigint`.execute(db);
}
