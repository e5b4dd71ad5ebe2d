import { sql, type Kysely } from 'kysely';

/**
 * Whether the pupils of a class may send photos, closed until a teacher opens it; and what the
 * school's list says of a child's photo authorisation, null where it says nothing. Old code runs
 * beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table class
      add column photos_open boolean not null default false;
    alter table account
      add column photo_allowed boolean;

    drop trigger bump_roster on account;
    create trigger bump_roster
    after insert or delete or
    update of role, display_name, given_name, family_name, civility, face, portrait, state,
    paused_until, hours, reads, level, charter_at, paper_at, photo_allowed
    on account
    for each statement execute function bump_roster();
  `.execute(db);
}
