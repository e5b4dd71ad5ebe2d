import { sql, type Kysely } from 'kysely';

/**
 * Whether the browser on somebody's own computer tells them of new mail, and if so what it says:
 * who wrote, or the subject too. Nothing unless they ask for it. Old code runs beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account
      add column notices text not null default 'none'
        check (notices in ('none', 'name', 'subject'));
  `.execute(db);
}
