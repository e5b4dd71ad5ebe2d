import { sql, type Kysely } from 'kysely';

/**
 * A special use that somebody gave to a mailbox of their own making (RFC 6154 §3), besides the six that every account has: where
 * mail goes by itself is still decided by `use` alone. Old code may still run.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table mailbox add column wished_use text check (wished_use in ('drafts', 'sent', 'trash', 'junk', 'archive'))`.execute(db);
}
