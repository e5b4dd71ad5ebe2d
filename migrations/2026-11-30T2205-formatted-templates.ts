import { sql, type Kysely } from 'kysely';

/** Letters to begin with may have a little formatting. Running code reads their plain words. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table letter_template
      add column html text,
      add constraint letter_template_html_check check (length(html) <= 100000);
    comment on column letter_template.html is
      'The same words with their formatting; null where they have none.'
  `.execute(db);
}
