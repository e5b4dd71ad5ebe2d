import { sql, type Kysely } from 'kysely';

/**
 * When a sender was told that their mail to outside is late: once, after some hours (RFC 5321
 * §4.5.4.1). Running code goes on and tells nobody.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table outbox add column delay_told_at timestamp with time zone;
  `.execute(db);
}
