import { sql, type Kysely } from 'kysely';

/**
 * A report becomes a case: the letter leaves the child's mailboxes and is kept as evidence, adults
 * act on it step by step, two children may be kept apart, and what stays open goes up. A report no
 * longer hangs on its child's account: erasing or moving that must not take the evidence. What was
 * reported so far names no child here: it was told by a notice, and is kept for three months more.
 * Running code goes on, and reports as before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [reports, steps, apart, marks]) await part.execute(db);
}

const reports = sql`
  alter table report
    drop constraint report_school_id_account_id_fkey,
    add column child_address_id bigint,
    add column child_name text not null default '',
    add column class_ids bigint[] not null default '{}',
    add column writer_address_id bigint,
    add column writer_role text not null default 'outside',
    add column writer_name text not null default '',
    add column told_from timestamp with time zone not null default now(),
    add column level smallint not null default 0,
    add column told bigint[] not null default '{}',
    add column called_at timestamp with time zone,
    add column taken_by bigint,
    add column read_by bigint[] not null default '{}',
    add column word text,
    add column came_from jsonb not null default '[]',
    add column seen_by_child boolean not null default false,
    add constraint report_level_check check (level between 0 and 4);
  -- The same columns as the primary key: see 2026-11-24T2034, of an account.
  create unique index report_by_id on report (school_id, id);
  create index report_child on report (child_address_id, school_id);
  alter table due drop constraint due_kind_check;
  alter table due add constraint due_kind_check
    check (kind in ('closing', 'outbox', 'hold', 'draft', 'rollover', 'leaver', 'pictures', 'roster-draft', 'roster-questions', 'absence', 'report'));
  alter table report no force row level security;
  insert into due (kind, school_id, row_id, at)
  select 'report', school_id, id, now() + interval '3 months'
  from report;
  alter table report force row level security;
`;

const steps = sql`
  create table report_step (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    report_id bigint not null,
    at timestamp with time zone not null,
    by_address_id bigint,
    kind text not null
      check (kind in ('read', 'taken', 'talked', 'rest', 'apart', 'together', 'family', 'up', 'closed')),
    until_date date,
    primary key (school_id, id),
    foreign key (school_id, report_id) references report (school_id, id) on delete cascade
  );
  create index report_step_report on report_step (school_id, report_id);
  alter table report_step enable row level security;
  alter table report_step force row level security;
  create policy tenant on report_step
    using (school_id = nullif(current_setting('preau.school', true), '')::integer)
    with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
`;

const apart = sql`
  create table kept_apart (
    school_id integer not null references school (id),
    one_address_id bigint not null,
    other_address_id bigint not null,
    by_address_id bigint not null,
    at timestamp with time zone not null,
    primary key (school_id, one_address_id, other_address_id),
    check (one_address_id < other_address_id)
  );
  alter table kept_apart enable row level security;
  alter table kept_apart force row level security;
  create policy tenant on kept_apart
    using (school_id = nullif(current_setting('preau.school', true), '')::integer)
    with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
  create trigger bump_roster
    after insert or update or delete on kept_apart
    for each statement execute function bump_roster();
`;

const marks = sql`
  create table report_mark (
    school_id integer not null references school (id),
    report_id bigint not null,
    at timestamp with time zone not null,
    closed_at timestamp with time zone,
    for_town boolean not null default false,
    primary key (school_id, report_id)
  );
  create index report_mark_for_town on report_mark (school_id) where for_town;

  alter table town add column report_contact_address_id bigint;
`;
