import { sql, type Kysely } from 'kysely';

/**
 * What comes before a pupil may write: the charter, accepted by the child, where the school has one
 * (as schools do unless their head says otherwise), and the family's word, where the school asks for
 * it: on paper, noted by an adult of the class, or by a guardian in their own account. Old code runs
 * beside it, and asks neither.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table school
      add column charter boolean not null default true,
      add column family_first boolean not null default false;
    alter table account
      add column charter_at timestamptz,
      add column paper_at timestamptz;
    alter table guardianship
      add column agrees boolean,
      add column answered_at timestamptz,
      add check ((agrees is null) = (answered_at is null));

    drop trigger bump_roster on account;
    create trigger bump_roster
    after insert or delete or
    update of role, display_name, given_name, family_name, civility, face, portrait, state,
    paused_until, hours, reads, level, charter_at, paper_at
    on account
    for each statement execute function bump_roster();

    drop trigger bump_settings on school;
    create trigger bump_settings before
    update of slug, name, domain, time_zone, pupil_mail_stopped, outside_forbidden,
    pupils_reach_all_teachers, opening, closes_on, sites, charter, family_first
    on school
    for each row execute function bump_own_roster();
  `.execute(db);
}
