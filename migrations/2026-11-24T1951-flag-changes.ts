import { sql, type Kysely } from 'kysely';

/**
 * The MODSEQ of the last flag change in a mailbox: what came since is found by its UID, without an index on `entry.modseq` that each
 * delivery would pay for; only where flags changed are the rows looked through. Null: none has. Older code may not run beside it:
 * its flag changes would not be told to mail programs.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table mailbox add column flags_modseq bigint;
    update mailbox set flags_modseq = modseq;
  `.execute(db);
}
