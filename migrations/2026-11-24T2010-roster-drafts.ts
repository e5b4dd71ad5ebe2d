import { sql, type Kysely } from 'kysely';

/**
 * Files of rosters between being given and being applied: each school's own, and a town's many together. What an import did stays
 * to be read while it can be undone; what the command line does across schools is written down too, with nobody's name.
 *
 * Older code runs beside it: new tables, a new column, a longer list of kinds in `due`, and a column that may now be null,
 * which older code only writes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await drafts.execute(db);
  await alterations.execute(db);
  await tenantPolicies.execute(db);
}

const drafts = sql`
  create table roster_draft (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    by_address_id bigint not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    school_year text not null,
    -- Of a draft that came with a whole town's: the batch, in school 0.
    batch_id bigint,
    -- What was said since: which column is what, who is who, the number typed again.
    choices jsonb not null,
    -- The file, or what was read of it, sealed with the key of the service; null once it was applied.
    content bytea,
    import_id bigint,
    primary key (school_id, id)
  );

  -- An agent's upload for several schools; all in school 0, the town.
  create table roster_batch (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    by_address_id bigint not null,
    created_at timestamptz not null,
    school_year text not null,
    file_name text not null,
    -- Folders or schools of the file that are no school of the town.
    unknown jsonb not null,
    -- Why it was applied, in the agent's words; null before.
    reason text,
    state text not null check (state in ('reading', 'open', 'applying', 'over')),
    -- The last sign of whoever works on it.
    beat_at timestamptz not null,
    primary key (school_id, id)
  );
  create table roster_batch_school (
    school_id integer not null references school (id),
    batch_id bigint not null,
    of_school_id integer not null references school (id),
    draft_id bigint,
    -- What it would come to, or came to; null until it was looked at.
    outcome jsonb,
    primary key (school_id, batch_id, of_school_id),
    foreign key (school_id, batch_id) references roster_batch (school_id, id) on delete cascade
  );
`;

const alterations = sql`
  -- What an import did, line by line; null for older ones, and once it can't be undone any more.
  alter table roster_import add column report jsonb;
  -- Null: the command line.
  alter table agent_act alter column agent_address_id drop not null;
  alter table due drop constraint due_kind_check;
  alter table due add constraint due_kind_check check (kind in ('outbox', 'hold', 'draft', 'rollover', 'leaver', 'pictures', 'roster-draft'));
`;

/** As the first migration did for its own. */
const tenantPolicies = sql`
  do $$
  declare t text;
  begin
    foreach t in array array['roster_draft', 'roster_batch', 'roster_batch_school'] loop
      execute format('alter table %I enable row level security', t);
      execute format('alter table %I force row level security', t);
      execute format(
        'create policy tenant on %I using (school_id = nullif(current_setting(''preau.school'', true), '''')::integer) with check (school_id = nullif(current_setting(''preau.school'', true), '''')::integer)', t);
    end loop;
  end $$;
`;
