import { sql, type Kysely } from 'kysely';

/**
 * Whether adults of the town put films and sounds beyond 25 MB into cupboards. Running code neither
 * reads nor writes it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table town add column takes_large_films boolean not null default false`.execute(
    db,
  );
}
