import { sql, type Kysely } from 'kysely';

/** Each of a school, row by row. */
const TABLES = [
  'stored_body',
  'stored_body_piece',
  'cupboard',
  'cupboard_item',
  'cupboard_version',
] as const;

/**
 * Cupboards (decision 101): places where files lie in folders, and the bytes of these files, each
 * once in a school. Running code knows none of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeBodies(db);
  await makeCupboards(db);
  await makeItems(db);
  await makeVersions(db);
  for (const table of TABLES) await keepApart(db, table);
  await showProof(db);
}

async function makeBodies(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table stored_body (
      school_id integer not null references school (id),
      sha256 text not null,
      size_bytes integer not null,
      kept_at timestamptz not null,
      primary key (school_id, sha256)
    );
    comment on column stored_body.kept_at is 'When somebody last brought it; what nobody has is erased a day later.';
    create table stored_body_piece (
      school_id integer not null,
      sha256 text not null,
      place integer not null,
      bytes bytea not null,
      primary key (school_id, sha256, place),
      foreign key (school_id, sha256) references stored_body (school_id, sha256) on delete cascade
    );
    alter table stored_body_piece alter column bytes set storage external
  `.execute(db);
}

async function makeCupboards(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table cupboard (
      school_id integer not null references school (id),
      id bigint generated always as identity,
      place text not null check (place in ('class', 'own', 'team', 'school')),
      class_id bigint,
      account_id bigint,
      primary key (school_id, id),
      foreign key (school_id, class_id) references class (school_id, id) on delete cascade,
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade,
      check ((place = 'class') = (class_id is not null)),
      check ((place = 'own') = (account_id is not null))
    );
    create unique index cupboard_place
      on cupboard (school_id, place, class_id, account_id) nulls not distinct
  `.execute(db);
}

async function makeItems(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table cupboard_item (
      school_id integer not null,
      id bigint generated always as identity,
      cupboard_id bigint not null,
      kind text not null check (kind in ('folder', 'file')),
      parent_id bigint,
      path bigint[] not null,
      name text not null,
      name_key text not null,
      folded text not null,
      sees text not null check (sees in ('author', 'pupils', 'families')),
      is_open boolean not null default false,
      author_address_id bigint,
      made_at timestamptz not null,
      changed_at timestamptz not null,
      sha256 text,
      media_type text,
      size_bytes integer not null default 0,
      thrown_at timestamptz,
      thrown_with bigint,
      primary key (school_id, id),
      foreign key (school_id, cupboard_id) references cupboard (school_id, id) on delete cascade,
      foreign key (school_id, parent_id) references cupboard_item (school_id, id),
      foreign key (school_id, sha256) references stored_body (school_id, sha256),
      check ((kind = 'file') = (sha256 is not null and media_type is not null)),
      check (cardinality(path) <= 4),
      check (kind = 'file' or cardinality(path) < 4),
      check (parent_id is not distinct from path[cardinality(path)]),
      check ((thrown_at is null) = (thrown_with is null))
    );
    create unique index cupboard_item_name
      on cupboard_item (school_id, cupboard_id, coalesce(parent_id, 0), name_key)
      where thrown_at is null;
    create index cupboard_item_listed
      on cupboard_item (school_id, cupboard_id, coalesce(parent_id, 0), kind desc, name_key)
      where thrown_at is null;
    create index cupboard_item_size
      on cupboard_item (school_id, cupboard_id) include (size_bytes)
      where thrown_at is null;
    create index cupboard_item_thrown
      on cupboard_item (school_id, cupboard_id, thrown_at)
      where thrown_at is not null;
    create index cupboard_item_parent
      on cupboard_item (school_id, parent_id)
      where parent_id is not null;
    create index cupboard_item_body on cupboard_item (school_id, sha256) where sha256 is not null;
    create index cupboard_item_author
      on cupboard_item (school_id, author_address_id)
      where author_address_id is not null;
    comment on column cupboard_item.path is 'The folders around it, the outermost first.';
    comment on column cupboard_item.sees is 'Who sees it besides its author, who sees the folders around it.';
    comment on column cupboard_item.is_open is 'Pupils put files into this folder.';
    comment on column cupboard_item.thrown_with is 'What was thrown away with it in it, or itself.'
  `.execute(db);
}

async function makeVersions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table cupboard_version (
      school_id integer not null,
      item_id bigint not null,
      version integer not null,
      sha256 text not null,
      media_type text not null,
      size_bytes integer not null,
      replaced_at timestamptz not null,
      primary key (school_id, item_id, version),
      foreign key (school_id, item_id) references cupboard_item (school_id, id) on delete cascade,
      foreign key (school_id, sha256) references stored_body (school_id, sha256)
    );
    create index cupboard_version_body on cupboard_version (school_id, sha256)
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

/** The nightly proof sees who has put something into which cupboard, and nothing of it. */
async function showProof(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant select (school_id, id, place, class_id, account_id) on cupboard to preau_isolation;
    create policy isolation_proof on cupboard for select to preau_isolation using (true);
    grant select (school_id, id, cupboard_id, kind, author_address_id)
      on cupboard_item to preau_isolation;
    create policy isolation_proof on cupboard_item for select to preau_isolation using (true)
  `.execute(db);
}
