import { sql, type Kysely } from 'kysely';

/**
 * The ways to its pupils that a proof of isolation found open, as each school has them, and the
 * town for all: what would take them waits. They stand in every snapshot. Running code passes them
 * over.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table school add column closed_ways jsonb not null default '[]'`.execute(db);
  await sql`
    create trigger bump_ways before update of closed_ways on school
    for each row execute function bump_own_roster()
  `.execute(db);
}
