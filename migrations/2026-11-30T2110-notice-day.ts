import { sql, type Kysely } from 'kysely';

/**
 * The day that a notice is about: it stands on it in the week of the class. Running code names the
 * columns that it fills in, so that its notices are about none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table notice_words add column day date;
    comment on column notice_words.day is 'The day that it is about, on which it stands in the week; null: none.'
  `.execute(db);
}
