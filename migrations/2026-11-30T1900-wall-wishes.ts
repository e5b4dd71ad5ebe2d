import { sql, type Kysely } from 'kysely';

/**
 * What a teacher asks a child to give to the wall of their class (decision 99). Running code knows
 * none of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table wall_wish (
      school_id integer not null,
      class_id bigint not null,
      school_year text not null,
      author_address_id bigint not null,
      sha256 text not null,
      by_address_id bigint not null,
      asked_at timestamptz not null,
      declined_at timestamptz,
      primary key (school_id, class_id, school_year, author_address_id, sha256),
      foreign key (school_id, class_id) references class (school_id, id) on delete cascade
    );
    create index wall_wish_author on wall_wish (school_id, author_address_id)
      where declined_at is null;
    comment on column wall_wish.sha256 is 'Of the drawing or the voice, without our mark.';
    comment on column wall_wish.declined_at is 'The child''s no; who says yes gives it.';
    alter table wall_wish enable row level security;
    alter table wall_wish force row level security;
    create policy tenant on wall_wish
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer)
  `.execute(db);
}
