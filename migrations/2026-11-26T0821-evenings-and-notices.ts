import { sql, type Kysely } from 'kysely';

/**
 * Whether what somebody writes to families and pupils out of their own hours waits for these, and
 * of whose letters their own computer tells them: of all, as before. Old code runs beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account
      add column evening_waits boolean not null default false,
      add column notices_of text[] not null default '{held,families,pupils,team,others}'
        check (notices_of <@ '{held,families,pupils,team,others}'::text[]);
  `.execute(db);
}
