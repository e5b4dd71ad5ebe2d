import { sql, type Kysely } from 'kysely';

/**
 * What a message's header says of its sender and its recipients is its writer's word. `recipients`
 * are the addresses that it was handed over for (RFC 5321 §3.3, RCPT TO), in lower case;
 * `proved_by` is what proved the From address of a stranger. Both are null for what was never
 * handed over here and for all mail from before: its readers see what its header says, and a
 * stranger's held mail counts as unproven. Running code leaves both null.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table message add column recipients text[],
      add column proved_by text check (proved_by in ('dmarc', 'dkim', 'spf'))`.execute(db);
}
