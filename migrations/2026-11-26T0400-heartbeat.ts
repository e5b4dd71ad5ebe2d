import { sql, type Kysely } from 'kysely';

/**
 * When each role of the service was last alive, and in which version: whoever looks from another
 * process, or another machine, sees that the worker runs. Running code goes on without it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table heartbeat (
      role text primary key,
      at timestamptz not null,
      version text not null
    );
  `.execute(db);
}
