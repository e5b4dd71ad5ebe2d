import { sql, type Kysely } from 'kysely';

/**
 * The checks that an entry's message and its mailbox exist were planned, on the empty tables of a new town, with the youngest index that
 * begins with the school (all cost the same then), and went through all of a school's messages or mailboxes for each entry, until the tables
 * were analysed. Mail from outside has no sender of ours and need not stand in the one; the other gets a younger one, as `account` has.
 * Running code sees no difference.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop index message_sender;
    create index message_sender on message (school_id, sender_address_id, received_at) where sender_address_id is not null;
    create unique index mailbox_by_id on mailbox (school_id, id);
  `.execute(db);
}
