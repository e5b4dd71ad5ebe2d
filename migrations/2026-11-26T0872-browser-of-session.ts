import { sql, type Kysely } from 'kysely';

/**
 * A session knows in which browser it was opened, for its owner to tell it from others; pupils'
 * letters may be told of together. Running code goes on without either.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table session
      add column browser text not null default '' check (length(browser) <= 20),
      add column platform text not null default '' check (length(platform) <= 20);
    alter table account
      add column pupils_gathered boolean not null default false;
  `.execute(db);
}
