import { sql, type Kysely } from 'kysely';

/**
 * A pupil's own level says whether their pages are of large pictures: rosters that are kept in
 * memory are read anew where it changes. Running code goes on.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop trigger bump_roster on account;
    create trigger bump_roster
    after insert or delete or
    update of role, display_name, given_name, family_name, civility, face, state, paused_until,
    hours, reads, level
    on account
    for each statement execute function bump_roster();
  `.execute(db);
}
