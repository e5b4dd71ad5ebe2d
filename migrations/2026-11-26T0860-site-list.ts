import { sql, type Kysely } from 'kysely';

/**
 * The list of forbidden sites: whole lists, of which one is in force, each in blocks of hashes; how
 * the last reading of it ended; and what of it a school, or the town (school 0), blocks. Running code
 * goes on without it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table site_list (
      id integer primary key generated always as identity,
      source text not null,
      version text,
      loaded_at timestamptz not null,
      entries integer not null default 0,
      categories text[] not null default '{}',
      counts integer[] not null default '{}',
      is_current boolean not null default false
    );
    create unique index site_list_current on site_list (is_current) where is_current;
    create table site_block (
      list_id integer not null references site_list (id) on delete cascade,
      bucket integer not null,
      records bytea not null,
      primary key (list_id, bucket)
    );
    create table site_update (
      one boolean primary key default true check (one),
      begun_at timestamptz not null,
      ended_at timestamptz,
      trouble text
    );
    alter table school add column sites jsonb;
    drop trigger bump_settings on school;
    create trigger bump_settings before update of slug, name, domain, time_zone, pupil_mail_stopped,
        outside_forbidden, pupils_reach_all_teachers, opening, closes_on, sites
      on school for each row execute function bump_own_roster();
  `.execute(db);
}
