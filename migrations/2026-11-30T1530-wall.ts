import { sql, type Kysely } from 'kysely';

/** Each of a school, row by row. */
const TABLES = ['wall_item', 'wall_book', 'wall_book_piece'] as const;

/**
 * The wall of a class (decision 99): what its children gave, each with their yes and the teacher's
 * tap, and the book of the year that is printed of it. Running code knows none of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeItems(db);
  await makeBooks(db);
  for (const table of TABLES) await keepApart(db, table);
  await showProof(db);
}

async function makeItems(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table wall_item (
      school_id integer not null,
      id bigint generated always as identity,
      class_id bigint not null,
      school_year text not null,
      author_address_id bigint not null,
      given_name text not null,
      kind text not null check (kind in ('drawing', 'voice')),
      media_type text not null,
      sha256 text not null,
      bytes bytea not null,
      width integer,
      height integer,
      asked_at timestamptz not null,
      hung_at timestamptz,
      refused_at timestamptz,
      refused_word text,
      primary key (school_id, id),
      unique (school_id, class_id, school_year, author_address_id, sha256),
      foreign key (school_id, class_id) references class (school_id, id) on delete cascade,
      check ((kind = 'drawing') = (width is not null and height is not null)),
      check (hung_at is null or refused_at is null),
      check ((refused_at is null) = (refused_word is null))
    );
    alter table wall_item alter column bytes set storage external;
    create index wall_item_author on wall_item (school_id, author_address_id);
    comment on column wall_item.asked_at is 'The child''s yes.';
    comment on column wall_item.hung_at is 'The teacher''s tap; null: it isn''t on the wall.'
  `.execute(db);
}

async function makeBooks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table wall_book (
      school_id integer not null,
      class_id bigint not null,
      school_year text not null,
      for_families boolean not null,
      asked_at timestamptz not null,
      made_at timestamptz,
      edition integer not null default 0,
      items bigint[] not null default '{}',
      size_bytes integer not null default 0,
      primary key (school_id, class_id, school_year),
      foreign key (school_id, class_id) references class (school_id, id) on delete cascade
    );
    comment on column wall_book.items is 'What is in it: once one of them no longer hangs, the book is made anew.';
    create table wall_book_piece (
      school_id integer not null,
      class_id bigint not null,
      school_year text not null,
      edition integer not null,
      place integer not null,
      bytes bytea not null,
      primary key (school_id, class_id, school_year, edition, place),
      foreign key (school_id, class_id, school_year)
        references wall_book (school_id, class_id, school_year) on delete cascade
    );
    alter table wall_book_piece alter column bytes set storage external
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

/** The nightly proof sees who gave what to the wall of which class, and nothing of it. */
async function showProof(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant select (school_id, id, class_id, school_year, author_address_id, hung_at)
      on wall_item to preau_isolation;
    create policy isolation_proof on wall_item for select to preau_isolation using (true);
    grant select (school_id, class_id, school_year, items) on wall_book to preau_isolation;
    create policy isolation_proof on wall_book for select to preau_isolation using (true)
  `.execute(db);
}
