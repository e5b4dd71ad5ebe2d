import { sql, type Kysely } from 'kysely';

/**
 * Letters from outside that were refused for what is in them, for whom they were meant: who wrote,
 * what about, why; never the letter. For 30 days. Running code goes on and notes none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table refused_letter (
      school_id integer not null references school (id),
      id bigint generated always as identity,
      account_id bigint not null,
      sender text not null check (length(sender) <= 400),
      subject text not null check (length(subject) <= 200),
      why text not null check (length(why) <= 40),
      detail text not null check (length(detail) <= 200),
      at timestamptz not null default now(),
      told_at timestamptz,
      primary key (school_id, id),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    create index refused_letter_account on refused_letter (school_id, account_id, at);
    alter table refused_letter enable row level security;
    alter table refused_letter force row level security;
    create policy tenant on refused_letter
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
  `.execute(db);
}
