import { sql, type Kysely } from 'kysely';

/**
 * How somebody wants pages to look: size, spacing, letters, paper, movement; what isn't named is as
 * for everybody. With the account, so that it is there on any computer. Old code runs beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account
      add column comfort jsonb not null default '{}' check (jsonb_typeof(comfort) = 'object');
  `.execute(db);
}
