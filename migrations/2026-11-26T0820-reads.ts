import { sql, type Kysely } from 'kysely';

/**
 * How a child reads, as their teacher says: by pictures, or words like the older ones. Null, as for
 * everybody to begin with: as the levels of their classes say. Old code runs beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account
      add column reads text check (reads in ('pictures', 'words'));
    drop trigger bump_roster on account;
    create trigger bump_roster
    after insert or delete or
    update of role, display_name, given_name, family_name, civility, face, state, paused_until,
    hours, reads
    on account
    for each statement execute function bump_roster();
  `.execute(db);
}
