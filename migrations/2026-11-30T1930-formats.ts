import { sql, type Kysely } from 'kysely';

/** Who writes with a little formatting. Running code goes on without. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account add column formats boolean not null default false;
    comment on column account.formats is 'An adult writes with a little formatting.'
  `.execute(db);
}
