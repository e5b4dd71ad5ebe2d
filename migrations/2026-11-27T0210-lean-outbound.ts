import { sql, type Kysely } from 'kysely';

/**
 * That the school exists is proven by the account of each of these rows, which is never null and
 * names its school by a key of its own; of what was expunged, by the mailbox, which names the
 * account. To prove it again for each row cost 0.13 ms of PostgreSQL a letter to outside, and locked
 * the one row of the school in every transaction (a multixact where two are at once). A school still
 * can't go while any such row is there, since its account can't. Old code still runs beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table outbox drop constraint outbox_school_id_fkey;
    alter table sending drop constraint sending_school_id_fkey;
    alter table known_writer drop constraint known_writer_school_id_fkey;
    alter table expunged drop constraint expunged_school_id_fkey;
  `.execute(db);
}
