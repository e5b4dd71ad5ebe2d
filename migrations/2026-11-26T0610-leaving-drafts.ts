import { sql, type Kysely } from 'kysely';

/**
 * A draft waits not for the scanner alone, but also for the seconds in which its writer may call it
 * back, and for the hour that they chose. Running code goes on with it: what it lets wait waits for
 * the scanner.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table waiting_draft
      add column reason text not null default 'scanner' check (reason in ('scanner', 'undo', 'later')),
      add column leaves_at timestamp with time zone,
      add column begun_at timestamp with time zone,
      add check ((reason = 'scanner') = (leaves_at is null));
  `.execute(db);
}
