import { sql, type Kysely } from 'kysely';

/**
 * A teacher's own groups of pupils of their classes: a name and the addresses' ids, of nobody's
 * concern but theirs. With the account is kept whether the other teachers of a class get a copy of
 * what goes to its families or to a group. Running code goes on without either.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table own_group (
      school_id integer not null references school (id),
      id bigint generated always as identity,
      account_id bigint not null,
      name text not null check (length(name) between 1 and 60),
      whom text not null check (whom in ('pupils', 'families', 'both')),
      pupils bigint[] not null,
      primary key (school_id, id),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    create index own_group_account on own_group (school_id, account_id);
    alter table own_group enable row level security;
    alter table own_group force row level security;
    create policy tenant on own_group
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
    alter table account add column copy_colleagues boolean not null default false;
  `.execute(db);
}
