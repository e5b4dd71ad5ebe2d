import { sql, type Kysely } from 'kysely';

/**
 * Telephone numbers of papers whose words ask for none any more: the day on which they were to be
 * erased went with the words before. Nothing shows them; running code goes on without them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    do $$
    declare one record;
    begin
      for one in select id from school loop
        perform set_config('preau.school', one.id::text, true);
        delete from paper_number n using paper p
        where n.school_id = one.id
          and p.school_id = n.school_id
          and p.id = n.paper_id
          and p.numbers_gone_at is null;
      end loop;
      perform set_config('preau.school', '', true);
    end $$
  `.execute(db);
}
