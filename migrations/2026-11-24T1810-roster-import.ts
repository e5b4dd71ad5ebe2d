import { sql, type Kysely } from 'kysely';

/**
 * Rosters from files: who somebody is from one file to the next, what each import did and what undoes it, next year's roster
 * before it begins, and who has left.
 *
 * Older code runs beside it: new tables, a longer list of kinds in `due`, one more index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await identity.execute(db);
  await imports.execute(db);
  await tenantPolicies.execute(db);
}

const identity = sql`
  -- By what a file's person is known again, town-wide: a keyed hash of the national number, of name and birth date, of name
  -- and mail address, of a source's own id. Never the thing itself. Kept for as long as the address, which is for good.
  create table identity (
    kind text not null check (kind in ('ine', 'born', 'mail', 'name', 'sourced')),
    key bytea not null,
    address_id bigint not null references address (id),
    primary key (kind, key, address_id)
  );
  create index identity_of_address on identity (address_id);

  -- Homonyms: the addresses that are one name with or without a number.
  create index address_homonym on address (domain, rtrim(local, '0123456789'));

  alter table due drop constraint due_kind_check;
  alter table due add constraint due_kind_check check (kind in ('outbox', 'hold', 'draft', 'rollover'));
`;

const imports = sql`
  create table roster_import (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    -- Null: from the command line.
    actor_address_id bigint,
    created_at timestamptz not null default now(),
    format text not null,
    file_hash bytea not null,
    school_year text not null,
    state text not null check (state in ('applied', 'undone', 'rehearsed', 'replaced')),
    -- The first day that what it says holds; of a rehearsal, the day of the roll-over.
    holds_from date not null,
    applied_at timestamptz,
    undone_at timestamptz,
    summary jsonb not null,
    -- A rehearsal's own lines, identities hashed, with what was decided; null once they are applied.
    lines jsonb,
    -- Why a roll-over did not take place when it was due; null otherwise.
    stopped_by jsonb,
    primary key (school_id, id)
  );
  create index roster_import_state on roster_import (school_id, state);
  create unique index roster_import_one_rehearsal on roster_import (school_id) where state = 'rehearsed';

  -- What an import changed in one school, row by row, before and after; one that moved somebody changed two schools.
  create table roster_change (
    school_id integer not null references school (id),
    import_school_id integer not null references school (id),
    import_id bigint not null,
    changes jsonb not null,
    primary key (school_id, import_school_id, import_id)
  );

  -- Which column of a school's own files is what.
  create table roster_mapping (
    school_id integer not null references school (id),
    header_hash bytea not null,
    mapping jsonb not null,
    used_at timestamptz not null default now(),
    primary key (school_id, header_hash)
  );

  -- The name by which a source calls this school (a UAI, an org's id): a file of another one is refused.
  create table roster_source (
    school_id integer not null references school (id),
    hint text not null,
    primary key (school_id, hint)
  );

  -- Who left, and when: their account is suspended since, their mail is kept for the set period.
  create table leaver (
    school_id integer not null references school (id),
    account_id bigint not null,
    left_on date not null,
    primary key (school_id, account_id),
    foreign key (school_id, account_id) references account (school_id, id)
  );
`;

/** As the first migration did for its own. */
const tenantPolicies = sql`
  do $$
  declare t text;
  begin
    foreach t in array array['roster_import', 'roster_change', 'roster_mapping', 'roster_source', 'leaver'] loop
      execute format('alter table %I enable row level security', t);
      execute format('alter table %I force row level security', t);
      execute format(
        'create policy tenant on %I using (school_id = nullif(current_setting(''preau.school'', true), '''')::integer) with check (school_id = nullif(current_setting(''preau.school'', true), '''')::integer)', t);
    end loop;
  end $$;
`;
