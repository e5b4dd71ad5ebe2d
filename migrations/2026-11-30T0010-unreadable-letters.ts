import { sql, type Kysely } from 'kysely';

/**
 * Letters whose reading met the limits of time or memory, by the hash of their bytes alone: one
 * that comes again within days is refused without another try. Running code goes on without it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table unreadable_letter (
      sha256 bytea primary key check (length(sha256) = 32),
      at timestamptz not null
    );
  `.execute(db);
}
