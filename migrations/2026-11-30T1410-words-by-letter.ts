import { sql, type Kysely } from 'kysely';

/**
 * A unique key of a school's table begins with the school, or the database isn't started on; the
 * letter is looked up first by an index that says nothing of other schools. Running code survives
 * it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const name of ['notice_words', 'paper_version']) {
    const table = sql.table(name);
    await sql`
      alter table ${table}
        drop constraint ${sql.ref(`${name}_letter_school_id_key`)},
        add constraint ${sql.ref(`${name}_school_id_letter_key`)} unique (school_id, letter)
    `.execute(db);
    await sql`create index ${sql.ref(`${name}_by_letter`)} on ${table} (letter)`.execute(db);
  }
}
