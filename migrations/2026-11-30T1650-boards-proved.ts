import { sql, type Kysely } from 'kysely';

/** The nightly proof sees which notice hangs on which board, and nothing of what it says. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant select (school_id, mailbox_id, class_id, readers) on board to preau_isolation;
    create policy isolation_proof on board for select to preau_isolation using (true);
    grant select (school_id, id, class_id, author_address_id, edition, idea, posted_at)
      on notice to preau_isolation;
    create policy isolation_proof on notice for select to preau_isolation using (true);
    grant select (school_id, notice_id, edition, readers) on notice_words to preau_isolation;
    create policy isolation_proof on notice_words for select to preau_isolation using (true);
    grant select (school_id, notice_id, mailbox_id, uid) on notice_place to preau_isolation;
    create policy isolation_proof on notice_place for select to preau_isolation using (true)
  `.execute(db);
}
