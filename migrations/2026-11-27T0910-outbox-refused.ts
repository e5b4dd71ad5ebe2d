import { sql, type Kysely } from 'kysely';

/**
 * Whether an address was called dead is asked for each letter to it: of its writer's own failures
 * alone, not of all that they ever sent.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index outbox_refused on outbox (school_id, account_id, recipient)
    where state = 'failed'
  `.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index outbox_refused`.execute(db);
}
