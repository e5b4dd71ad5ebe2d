import { sql, type Kysely } from 'kysely';

/** Each of a school, row by row. */
const TABLES = [
  'class_week',
  'week_lesson',
  'week_special',
  'week_need',
  'week_tick',
  'week_feed',
] as const;

/**
 * The week of a class (decision 105): its hours, lessons and what is special on a date, what is
 * needed on a day and which child has ticked it, and the private feeds of adults. Running code knows
 * none of it. Indexes begin with a class, or a person: what refers to a row looks it up by its whole
 * key.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeWeeks(db);
  await makeDated(db);
  await makeTicks(db);
  await makeFeeds(db);
  for (const table of TABLES) await keepApart(db, table);
  await showProof(db);
}

async function makeWeeks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table class_week (
      school_id integer not null,
      class_id bigint not null,
      school_year text not null,
      morning_from text not null,
      morning_to text not null,
      afternoon_from text not null,
      afternoon_to text not null,
      wednesday_to text,
      week_a date,
      edition integer not null default 1,
      changed_at timestamptz not null,
      primary key (school_id, class_id, school_year),
      foreign key (school_id, class_id) references class (school_id, id) on delete cascade
    );
    comment on column class_week.wednesday_to is 'Null: four days of class.';
    comment on column class_week.week_a is 'A day of a week A; null: all weeks are alike.';
    comment on column class_week.edition is 'One more at each change of anything in it.';
    create table week_lesson (
      school_id integer not null,
      id bigint generated always as identity,
      class_id bigint not null,
      school_year text not null,
      weekday smallint not null check (weekday between 1 and 5),
      from_time text not null,
      to_time text not null,
      kind text not null check (kind in ('rituals', 'french', 'maths', 'world', 'language', 'sport',
        'music', 'arts', 'break', 'rest', 'other')),
      title text not null,
      weeks text not null check (weeks in ('every', 'A', 'B')),
      teacher_address_id bigint,
      place text not null,
      bring text not null,
      edition integer not null default 1,
      primary key (school_id, id),
      foreign key (school_id, class_id, school_year)
        references class_week (school_id, class_id, school_year) on delete cascade,
      check (from_time < to_time)
    );
    create index week_lesson_class on week_lesson (class_id, school_year);
    create index week_lesson_teacher on week_lesson (teacher_address_id)
      where teacher_address_id is not null
  `.execute(db);
}

async function makeDated(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table week_special (
      school_id integer not null,
      id bigint generated always as identity,
      class_id bigint not null,
      school_year text not null,
      from_date date not null,
      until_date date not null,
      from_time text,
      to_time text,
      kind text not null check (kind in ('outing', 'pool', 'photo', 'party', 'visit', 'no-class')),
      title text not null,
      place text not null,
      edition integer not null default 1,
      primary key (school_id, id),
      foreign key (school_id, class_id, school_year)
        references class_week (school_id, class_id, school_year) on delete cascade,
      check (from_date <= until_date),
      check ((from_time is null) = (to_time is null))
    );
    create index week_special_class on week_special (class_id, school_year, until_date);
    create table week_need (
      school_id integer not null,
      id bigint generated always as identity,
      class_id bigint not null,
      school_year text not null,
      day date not null,
      kind text not null check (kind in ('bring', 'do', 'hand-in')),
      words text not null,
      primary key (school_id, id),
      foreign key (school_id, class_id, school_year)
        references class_week (school_id, class_id, school_year) on delete cascade
    );
    create index week_need_day on week_need (class_id, school_year, day)
  `.execute(db);
}

async function makeTicks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table week_tick (
      school_id integer not null,
      id bigint generated always as identity,
      class_id bigint not null,
      pupil_address_id bigint not null,
      day date not null,
      week_need_id bigint,
      week_lesson_id bigint,
      primary key (school_id, id),
      unique nulls not distinct (school_id, pupil_address_id, day, week_need_id, week_lesson_id),
      foreign key (school_id, class_id) references class (school_id, id) on delete cascade,
      foreign key (school_id, week_need_id) references week_need (school_id, id) on delete cascade,
      foreign key (school_id, week_lesson_id) references week_lesson (school_id, id) on delete cascade,
      check ((week_need_id is null) <> (week_lesson_id is null))
    );
    create index week_tick_need on week_tick (school_id, week_need_id);
    create index week_tick_lesson on week_tick (school_id, week_lesson_id);
    comment on column week_tick.week_lesson_id is 'What this lesson wants brought along each time.'
  `.execute(db);
}

async function makeFeeds(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table week_feed (
      school_id integer not null,
      id bigint generated always as identity,
      account_id bigint not null,
      secret_hash bytea not null,
      says text[] not null,
      made_at timestamptz not null,
      read_at timestamptz,
      ended_at timestamptz,
      primary key (school_id, id),
      unique (school_id, secret_hash),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    create unique index week_feed_open on week_feed (school_id, account_id) where ended_at is null;
    create index week_feed_account on week_feed (school_id, account_id);
    comment on column week_feed.says is 'What is in it, besides what always is.';
    comment on column week_feed.ended_at is 'Its owner has changed or stopped it: its address answers that it is gone.'
  `.execute(db);
}

async function keepApart(db: Kysely<unknown>, table: (typeof TABLES)[number]): Promise<void> {
  const name = sql.table(table);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`alter table ${name} force row level security`.execute(db);
  await sql`
    create policy tenant on ${name}
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer)
  `.execute(db);
}

/** The nightly proof sees which child ticked something of which class, and no word of it. */
async function showProof(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant select (school_id, id, class_id, pupil_address_id, week_need_id, week_lesson_id)
      on week_tick to preau_isolation;
    create policy isolation_proof on week_tick for select to preau_isolation using (true);
    grant select (school_id, id, class_id) on week_need to preau_isolation;
    create policy isolation_proof on week_need for select to preau_isolation using (true);
    grant select (school_id, id, class_id) on week_lesson to preau_isolation;
    create policy isolation_proof on week_lesson for select to preau_isolation using (true)
  `.execute(db);
}
