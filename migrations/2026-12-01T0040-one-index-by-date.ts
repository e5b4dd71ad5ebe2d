import { sql, type Kysely } from 'kysely';

/**
 * One index of a mailbox by date that knows who wrote, instead of two: a letter to a thousand
 * mailboxes writes a thousand places less. A page of some writers' letters passes over the others
 * within the index. Running code finds its pages by the new one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index entry_by_date_and_writer on entry (
      school_id, mailbox_id, internal_date, uid, sender_role
    );
    drop index entry_by_date;
    drop index entry_by_writer;
    alter index entry_by_date_and_writer rename to entry_by_date;
  `.execute(db);
}
