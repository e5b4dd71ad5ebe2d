import { sql, type Kysely } from 'kysely';

/**
 * An account whose mail to outside is stopped, since it became a flood: what it wrote stands still
 * until an agent decides. From when on its mail counts anew. Running code goes on and stops nobody.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account
      add column outside_stopped_at timestamp with time zone,
      add column outside_stop_why text
        check (outside_stop_why in ('rate', 'domains', 'refusals')),
      add column outside_resumed_at timestamp with time zone;
    create index outbox_by_account on outbox (school_id, account_id, created_at);
  `.execute(db);
}
