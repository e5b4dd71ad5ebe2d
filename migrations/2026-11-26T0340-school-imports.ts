import { sql, type Kysely } from 'kysely';

/**
 * Lists of schools from a file, between being given and being applied, and what was done by them;
 * and the days on which schools close, among what is due.
 *
 * Older code runs beside it: a new table, and one kind more in `due`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- All in school 0, the town.
    create table school_import (
      school_id integer not null references school (id),
      id bigint generated always as identity,
      -- Null: the command line.
      by_address_id bigint,
      created_at timestamptz not null,
      file_name text not null,
      -- The file as it came, while its columns are asked for.
      file bytea,
      -- What was read of it; null while its columns are asked for, and once it was applied.
      content jsonb,
      -- What was said since: communes, short names, days.
      choices jsonb not null,
      applied_at timestamptz,
      undone_at timestamptz,
      -- What it made and changed, with what was before.
      done jsonb,
      primary key (school_id, id)
    );
    alter table school_import enable row level security;
    alter table school_import force row level security;
    create policy tenant on school_import
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);

    do $$
    declare
      kinds text := (select pg_get_constraintdef(oid) from pg_constraint
        where conrelid = 'due'::regclass and conname = 'due_kind_check');
    begin
      alter table due drop constraint due_kind_check;
      execute 'alter table due add constraint due_kind_check '
        || replace(kinds, 'ARRAY[', 'ARRAY[''closing''::text, ');
    end
    $$;
  `.execute(db);
}
