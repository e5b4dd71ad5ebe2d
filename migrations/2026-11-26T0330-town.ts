import { sql, type Kysely } from 'kysely';

/**
 * What a real town has beside a made-up one: who it is, the codes by which the state knows its
 * communes (INSEE) and schools (UAI), the day on which a school closes, the link by which its first
 * agent comes in, and codes for who has lost the phone of their second factor.
 *
 * A town that is there already was made by the demo or by hand, and its agents sign in by their
 * password alone: so it stays. Running code goes on; the tables that it doesn't know stay empty.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table commune add column code text unique check (code ~ '^([0-9]{2}|2[AB])[0-9]{3}$');

    alter table school
      add column uai text unique check (uai ~ '^[0-9]{7}[A-HJ-NPR-Z]$'),
      -- From this day on nobody of the school writes or signs in; null: it goes on.
      add column closes_on date;
    drop trigger bump_settings on school;
    create trigger bump_settings before update of slug, name, domain, time_zone, pupil_mail_stopped,
        outside_forbidden, pupils_reach_all_teachers, opening, closes_on
      on school for each row execute function bump_own_roster();

    -- One row at most; the town's time zone and its lists are school 0's.
    create table town (
      one boolean primary key default true check (one),
      name text not null,
      holiday_zone text not null check (holiday_zone in ('A', 'B', 'C', 'corse', 'guadeloupe',
        'martinique', 'guyane', 'reunion', 'mayotte')),
      -- An address outside, for when the mail itself is broken.
      postmaster text,
      -- Who answers for the service, as the legal pages name them.
      contacts jsonb not null default '{}',
      steps_done text[] not null default '{}',
      agents_need_second_factor boolean not null default true,
      opened_at timestamptz
    );
    insert into town (name, holiday_zone, agents_need_second_factor)
      select name, 'A', false from school where id = 0;

    create table setup_link (
      code_hash bytea primary key,
      made_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz
    );

    create table recovery_code (
      school_id integer not null references school (id),
      account_id bigint not null,
      code_hash bytea not null,
      made_at timestamptz not null,
      used_at timestamptz,
      primary key (school_id, account_id, code_hash),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    alter table recovery_code enable row level security;
    alter table recovery_code force row level security;
    create policy tenant on recovery_code
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
  `.execute(db);
}
