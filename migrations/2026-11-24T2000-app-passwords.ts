import { sql, type Kysely } from 'kysely';

/**
 * Passwords of devices: a mail program on one phone or computer signs in by its own, which its owner names and revokes. Made
 * from 140 bits of chance, so a fast keyed hash keeps it; the key is not in the database.
 *
 * Adds a table and nothing else: older code may run beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table app_password (
      school_id integer not null references school (id),
      id bigint generated always as identity,
      account_id bigint not null,
      -- What the owner calls the device.
      name text not null,
      secret_hash bytea not null,
      made_at timestamptz not null,
      last_used_at timestamptz,
      primary key (school_id, id),
      unique (school_id, secret_hash),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    create index app_password_account on app_password (school_id, account_id);
    alter table app_password enable row level security;
    alter table app_password force row level security;
    create policy tenant on app_password using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
  `.execute(db);
}
