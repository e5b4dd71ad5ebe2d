import { sql, type Kysely } from 'kysely';

/**
 * Letters that are written once and used often: a person's own, or (without an account) those that
 * a head has made for all adults of the school. Running code goes on without them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table letter_template (
      school_id integer not null references school (id),
      id bigint generated always as identity,
      account_id bigint,
      title text not null check (length(title) between 1 and 60),
      subject text not null check (length(subject) <= 255),
      text text not null check (length(text) <= 20000),
      primary key (school_id, id),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    create index letter_template_account on letter_template (school_id, account_id);
    alter table letter_template enable row level security;
    alter table letter_template force row level security;
    create policy tenant on letter_template
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
  `.execute(db);
}
