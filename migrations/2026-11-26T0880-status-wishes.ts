import { sql, type Kysely } from 'kysely';

/**
 * What a mail program asked to be told of a letter, by recipient (RFC 3461 §4). Running code goes
 * on, and tells what it always told.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table outbox
      add column ret text check (ret in ('FULL', 'HDRS')),
      add column envid text,
      add column notify text[],
      add column orcpt text;
  `.execute(db);
}
