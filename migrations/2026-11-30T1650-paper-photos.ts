import { sql, type Kysely } from 'kysely';

/** The photo of a sheet that came back signed, beside its answer. Running code goes on without. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table paper_photo (
      school_id integer not null,
      answer_id bigint not null,
      paper_id bigint not null,
      name text not null,
      media_type text not null,
      size_bytes integer not null,
      sha256 text not null,
      bytes bytea not null,
      primary key (school_id, answer_id),
      foreign key (school_id, answer_id) references paper_answer (school_id, id) on delete cascade
    );
    create index paper_photo_paper on paper_photo (school_id, paper_id);
    alter table paper_photo enable row level security;
    alter table paper_photo force row level security;
    create policy tenant on paper_photo
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer)
  `.execute(db);
}
