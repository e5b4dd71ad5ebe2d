import { sql, type Kysely } from 'kysely';

/** Each of a school, row by row. */
const TABLES = ['hand_in_box', 'hand_in', 'hand_in_file', 'notebook_page'] as const;

/**
 * Boxes into which pupils hand what they made (decision 101), and what was given back to a child,
 * year after year. Running code knows none of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeBoxes(db);
  await makeNotebooks(db);
  for (const table of TABLES) await keepApart(db, table);
  await showProof(db);
}

async function makeBoxes(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table hand_in_box (
      school_id integer not null,
      id bigint generated always as identity,
      class_id bigint not null,
      name text not null,
      asks text not null,
      until_day date not null,
      made_by bigint not null,
      made_at timestamptz not null,
      closed_at timestamptz,
      primary key (school_id, id),
      foreign key (school_id, class_id) references class (school_id, id) on delete cascade
    );
    create index hand_in_box_class on hand_in_box (school_id, class_id);
    create table hand_in (
      school_id integer not null,
      box_id bigint not null,
      pupil_address_id bigint not null,
      handed_at timestamptz not null,
      given_back_at timestamptz,
      given_back_by bigint,
      stamp text check (stamp in ('bravo', 'done', 'again')),
      word text not null default '',
      primary key (school_id, box_id, pupil_address_id),
      foreign key (school_id, box_id) references hand_in_box (school_id, id) on delete cascade,
      check ((given_back_at is null) = (stamp is null))
    );
    comment on column hand_in.stamp is 'again: it is to be handed in once more.';
    create table hand_in_file (
      school_id integer not null,
      id bigint generated always as identity,
      box_id bigint not null,
      pupil_address_id bigint not null,
      name text not null,
      sha256 text not null,
      media_type text not null,
      size_bytes integer not null,
      primary key (school_id, id),
      foreign key (school_id, box_id, pupil_address_id)
        references hand_in (school_id, box_id, pupil_address_id) on delete cascade,
      foreign key (school_id, sha256) references stored_body (school_id, sha256)
    );
    create index hand_in_file_of on hand_in_file (school_id, box_id, pupil_address_id);
    create index hand_in_file_body on hand_in_file (school_id, sha256)
  `.execute(db);
}

async function makeNotebooks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table notebook_page (
      school_id integer not null,
      id bigint generated always as identity,
      account_id bigint not null,
      box_school integer not null,
      box_id bigint not null,
      box_name text not null,
      class_name text not null,
      school_year text not null,
      teacher_name text not null,
      stamp text not null check (stamp in ('bravo', 'done', 'again')),
      word text not null,
      given_back_at timestamptz not null,
      name text not null,
      sha256 text not null,
      media_type text not null,
      size_bytes integer not null,
      primary key (school_id, id),
      foreign key (school_id, account_id) references account (school_id, id),
      foreign key (school_id, sha256) references stored_body (school_id, sha256)
    );
    create index notebook_page_account on notebook_page (school_id, account_id);
    create index notebook_page_body on notebook_page (school_id, sha256);
    comment on column notebook_page.box_school is 'Where the box was, which may be another school than the child''s today.'
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

/** The nightly proof sees who handed something into the box of which class, and nothing of it. */
async function showProof(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant select (school_id, id, class_id, made_by) on hand_in_box to preau_isolation;
    create policy isolation_proof on hand_in_box for select to preau_isolation using (true);
    grant select (school_id, box_id, pupil_address_id) on hand_in to preau_isolation;
    create policy isolation_proof on hand_in for select to preau_isolation using (true)
  `.execute(db);
}
