import { sql, type Kysely } from 'kysely';

/**
 * Codes on paper: what opens an account the first time, the three pictures of a child who doesn't read yet, and the computers
 * of a class on which pictures are asked for. No code is kept, only its keyed hash; the key is not in the database.
 *
 * Adds tables and nothing else: older code may run beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tables.execute(db);
  await tenantPolicies.execute(db);
}

const tables = sql`
  -- Who had codes printed, for whom, and when. The codes themselves went to paper.
  create table code_sheet (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    -- Null for the adults of the school.
    class_id bigint,
    printed_by bigint not null,
    printed_at timestamptz not null,
    format text not null check (format in ('pdf', 'csv', 'screen')),
    codes integer not null,
    primary key (school_id, id),
    foreign key (school_id, class_id) references class (school_id, id)
  );
  create index code_sheet_class on code_sheet (school_id, class_id, printed_at);

  -- The one activation code of an account: a new one takes the place of the old.
  create table activation_code (
    school_id integer not null references school (id),
    account_id bigint not null,
    sheet_id bigint not null,
    code_hash bytea not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (school_id, account_id),
    foreign key (school_id, account_id) references account (school_id, id) on delete cascade,
    foreign key (school_id, sheet_id) references code_sheet (school_id, id)
  );

  -- The three pictures of a child: assigned, and nobody else's in their class when they were made.
  create table picture_code (
    school_id integer not null references school (id),
    account_id bigint not null,
    sheet_id bigint not null,
    code_hash bytea not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    last_used_at timestamptz,
    primary key (school_id, account_id),
    foreign key (school_id, account_id) references account (school_id, id) on delete cascade,
    foreign key (school_id, sheet_id) references code_sheet (school_id, id)
  );

  -- A browser on a computer of the school, on which a teacher opened one class or several.
  create table class_browser (
    school_id integer not null references school (id),
    id uuid not null,
    secret_hash bytea not null,
    opened_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (school_id, id)
  );
  create table class_browser_class (
    school_id integer not null references school (id),
    browser_id uuid not null,
    class_id bigint not null,
    opened_by bigint not null,
    opened_at timestamptz not null,
    primary key (school_id, browser_id, class_id),
    foreign key (school_id, browser_id) references class_browser (school_id, id) on delete cascade,
    foreign key (school_id, class_id) references class (school_id, id)
  );
  create index class_browser_class_class on class_browser_class (school_id, class_id);
`;

const tenantPolicies = sql`
  do $$
  declare t text;
  begin
    foreach t in array array['code_sheet', 'activation_code', 'picture_code', 'class_browser', 'class_browser_class'] loop
      execute format('alter table %I enable row level security', t);
      execute format('alter table %I force row level security', t);
      execute format(
        'create policy tenant on %I using (school_id = nullif(current_setting(''preau.school'', true), '''')::integer) with check (school_id = nullif(current_setting(''preau.school'', true), '''')::integer)', t);
    end loop;
  end $$;
`;
