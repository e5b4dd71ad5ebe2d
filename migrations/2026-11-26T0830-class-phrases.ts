import { sql, type Kysely } from 'kysely';

/**
 * Sentences that the children of a class send by one touch, made by its teachers: what is said, and
 * a drawing of ours or a picture of the class's own. Running code goes on without them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table class_phrase (
      school_id integer not null references school (id),
      id bigint generated always as identity,
      class_id bigint not null,
      words text not null check (length(words) between 1 and 60),
      drawing text check (length(drawing) <= 20),
      media_type text check (media_type in ('image/png', 'image/jpeg')),
      picture bytea check (length(picture) <= 200000),
      primary key (school_id, id),
      foreign key (school_id, class_id) references class (school_id, id) on delete cascade,
      check ((drawing is null) = (picture is not null)),
      check ((media_type is null) = (picture is null))
    );
    create index class_phrase_class on class_phrase (school_id, class_id);
    alter table class_phrase enable row level security;
    alter table class_phrase force row level security;
    create policy tenant on class_phrase
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
  `.execute(db);
}
