import { sql, type Kysely } from 'kysely';

/**
 * The key of a person's second factor (RFC 6238), sealed: what is kept must give the key back, so a hash won't do, and a copy
 * of the database alone must not. `last_step` is the youngest step whose code was used: none is taken twice.
 *
 * Adds a table and nothing else. Older code may run beside it, but lets those in by their password alone who asked for more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table second_factor (
      school_id integer not null references school (id),
      account_id bigint not null,
      -- AES-256-GCM under a key derived from the service's secret.
      secret bytea not null,
      confirmed_at timestamptz not null,
      last_step bigint not null,
      primary key (school_id, account_id),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    alter table second_factor enable row level security;
    alter table second_factor force row level security;
    create policy tenant on second_factor using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
  `.execute(db);
}
