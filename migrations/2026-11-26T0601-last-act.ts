import { sql, type Kysely } from 'kysely';

/**
 * What somebody has just done with many of their messages, so that it can be undone: the last act of
 * an account and no other. And how somebody reads: whether messages of a conversation stand in one
 * row, whether keys act. Old code runs beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table last_act (
      school_id integer not null,
      account_id bigint not null,
      id uuid not null default gen_random_uuid(),
      at timestamptz not null,
      deed text not null,
      by text not null,
      rows integer not null,
      changes jsonb not null,
      primary key (school_id, account_id),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    alter table last_act enable row level security;
    alter table last_act force row level security;
    create policy tenant on last_act
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);

    alter table account add column by_conversation boolean not null default true;
    alter table account add column shortcuts boolean not null default true;
  `.execute(db);
}
