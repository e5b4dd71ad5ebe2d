import { sql, type Kysely } from 'kysely';

/**
 * A photo goes with its paper, as its answer does: the key of an answer is looked up by another
 * index where a table is empty. Running code goes on.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table paper_photo drop constraint paper_photo_school_id_answer_id_fkey;
    alter table paper_photo add constraint paper_photo_school_id_paper_id_fkey
      foreign key (school_id, paper_id) references paper (school_id, id) on delete cascade
  `.execute(db);
}
