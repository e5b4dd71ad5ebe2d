import { sql, type Kysely } from 'kysely';

/**
 * The mail of pupils is stopped in a school, a commune, the town (school 0), until somebody lets it
 * run again or until a moment. Running code doesn't know of a commune's stop, nor of an end: it
 * goes on as if there were none, until it is replaced.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table school add column pupil_mail_stopped_until timestamptz;
    alter table commune
      add column pupil_mail_stopped boolean not null default false,
      add column pupil_mail_stopped_until timestamptz;
    comment on column school.pupil_mail_stopped_until is 'When its mail runs again by itself; null: when somebody says so.';
    comment on column commune.pupil_mail_stopped_until is 'When its mail runs again by itself; null: when somebody says so.'
  `.execute(db);
  await sql`
    create trigger bump_stop before update of pupil_mail_stopped_until, commune_id on school
      for each row execute function bump_own_roster();
    create function bump_rosters_of_commune() returns trigger language plpgsql as $$
    begin
      update school set roster_version = roster_version + 1 where commune_id = new.id;
      return null;
    end $$;
    create trigger bump_rosters after update of pupil_mail_stopped, pupil_mail_stopped_until
      on commune for each row execute function bump_rosters_of_commune()
  `.execute(db);
  // What the proof of isolation reads of it (decision 89).
  await sql`
    grant select (id, pupil_mail_stopped, pupil_mail_stopped_until) on commune to preau_isolation
  `.execute(db);
}
