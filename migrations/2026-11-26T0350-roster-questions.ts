import { sql, type Kysely } from 'kysely';

/**
 * Lines of a roster that may mean one of several people wait as questions, while the rest of the file is applied. What a question
 * needs is sealed with the key of the service; the row beside it says only that it was asked, and what was answered.
 *
 * A postal address becomes a keyed hash among the others that people are known by.
 *
 * Older code runs beside it: new tables, and longer lists of kinds.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await questions.execute(db);
  await kinds.execute(db);
  await tenantPolicies.execute(db);
}

const questions = sql`
  -- What waits for answers of the last import of a school. Gone once all are given.
  create table roster_remainder (
    school_id integer not null references school (id),
    import_id bigint not null,
    -- A keyed hash of all that waits: the same files ask the same again.
    digest bytea not null,
    content bytea not null,
    primary key (school_id, import_id)
  );

  create table roster_question (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    import_id bigint not null,
    -- A keyed hash of whom it is about: a later file that raises the same doubt has the same.
    doubt bytea not null,
    kind text not null check (kind in ('pupil', 'guardian', 'adult')),
    state text not null check (state in ('open', 'answered', 'lapsed', 'replaced', 'undone')),
    asked_at timestamptz not null,
    -- Unanswered by then, it lapses, and nothing comes of its line.
    expires_at timestamptz not null,
    answer text check (answer in ('person', 'new', 'skip')),
    -- Who it turned out to be; null for a line left aside.
    address_id bigint,
    answered_by bigint,
    answered_at timestamptz,
    -- The import that carried the answer out.
    answer_import_id bigint,
    primary key (school_id, id)
  );
  create index roster_question_open on roster_question (school_id) where state = 'open';
`;

const kinds = sql`
  alter table due drop constraint due_kind_check;
  alter table due add constraint due_kind_check check (kind in ('closing', 'outbox', 'hold', 'draft', 'rollover', 'leaver', 'pictures', 'roster-draft', 'roster-questions'));
  alter table identity drop constraint identity_kind_check;
  alter table identity add constraint identity_kind_check check (kind in ('ine', 'born', 'mail', 'phone', 'name', 'sourced', 'home'));
`;

/** As the first migration did for its own. */
const tenantPolicies = sql`
  do $$
  declare t text;
  begin
    foreach t in array array['roster_remainder', 'roster_question'] loop
      execute format('alter table %I enable row level security', t);
      execute format('alter table %I force row level security', t);
      execute format(
        'create policy tenant on %I using (school_id = nullif(current_setting(''preau.school'', true), '''')::integer) with check (school_id = nullif(current_setting(''preau.school'', true), '''')::integer)', t);
    end loop;
  end $$;
`;
