import { sql, type Kysely } from 'kysely';

/**
 * A session remembers that a code on paper opened it, and a signature that was given in one says
 * so. Running code goes on without either.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table session add column by_code boolean not null default false;
    comment on column session.by_code is
      'A code on paper opened it, and no password has been given since.';
    alter table paper_answer drop constraint paper_answer_way_check;
    alter table paper_answer add constraint paper_answer_way_check
      check (way in ('password', 'second-factor', 'code-sheet', 'paper'))
  `.execute(db);
}
