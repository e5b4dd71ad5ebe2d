import { sql, type Kysely } from 'kysely';

/**
 * By what the service's secret is known again: a start with another one in its place says so,
 * instead of finding that no code and no second factor fits any more. Running code goes on without
 * it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table secret_mark (
      of_town boolean primary key default true check (of_town),
      mark bytea not null
    );
  `.execute(db);
}
