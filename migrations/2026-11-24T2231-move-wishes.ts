import { sql, type Kysely } from 'kysely';

/**
 * Children of another school whom a head's file names: the town's agents say yes or no. All rows are in school 0, the town, for they
 * concern two schools. Running code sees no difference.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table move_wish (
      school_id integer not null references school (id),
      id bigint generated always as identity,
      -- Whose head would like to have the child.
      asking_school_id integer not null references school (id),
      address_id bigint not null references address (id),
      -- Of the asking school; an import undone takes its wishes back.
      import_id bigint not null,
      -- Null: the command line.
      asked_by bigint,
      asked_at timestamptz not null,
      -- The lines that name the child, as a rehearsal keeps them.
      lines jsonb not null,
      -- Null while it waits.
      refused_at timestamptz,
      reason text,
      primary key (school_id, id),
      unique (school_id, asking_school_id, address_id)
    );
    alter table move_wish enable row level security;
    alter table move_wish force row level security;
    create policy tenant on move_wish using (school_id = nullif(current_setting('preau.school', true), '')::integer) with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
  `.execute(db);
}
