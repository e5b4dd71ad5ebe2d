import { sql, type Kysely } from 'kysely';

/**
 * What a page of a list asks: the entries of a mailbox by their date, the messages of a
 * conversation by its root (RFC 5322 §3.6.4: the first of References, else what it answers, else
 * itself), and where each of those lies. The root takes the place of the index by In-Reply-To,
 * which nothing asks any more. (`case`, since `coalesce` is not known to be leakproof, and so finds
 * no index under row security.) Old code runs beside it: its conversations are found more slowly.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index entry_by_date on entry (school_id, mailbox_id, internal_date, uid);
    create index message_conversation on message (
      school_id,
      (
        case
          when refs[1] is not null then refs[1]
          when in_reply_to is not null then in_reply_to
          else header_id
        end
      ),
      id
    );
    drop index message_in_reply_to;
    create index entry_of_message on entry (school_id, message_id, mailbox_id);
    drop index entry_message;
  `.execute(db);
}
