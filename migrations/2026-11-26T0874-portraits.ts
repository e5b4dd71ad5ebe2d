import { sql, type Kysely } from 'kysely';

/**
 * The portrait by which children who don't read yet know an adult, as that adult has chosen it:
 * rosters that are kept in memory are read anew where it changes. Running code goes on: it shows
 * the one that a name gives.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account add column portrait text check (length(portrait) between 1 and 40);
    drop trigger bump_roster on account;
    create trigger bump_roster
    after insert or delete or
    update of role, display_name, given_name, family_name, civility, face, portrait, state,
    paused_until, hours, reads, level
    on account
    for each statement execute function bump_roster();
  `.execute(db);
}
