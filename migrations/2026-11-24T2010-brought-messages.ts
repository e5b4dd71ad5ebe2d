import { sql, type Kysely } from 'kysely';

/**
 * Which messages of an old server an account has brought along, so that a second run, or one that goes on after a cut, brings
 * none twice. A source is a hash of folder, UIDVALIDITY and UID there.
 *
 * Adds a table and nothing else: older code may run beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table brought_message (
      school_id integer not null references school (id),
      account_id bigint not null,
      source bytea not null,
      primary key (school_id, account_id, source),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    alter table brought_message enable row level security;
    alter table brought_message force row level security;
    create policy tenant on brought_message using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
  `.execute(db);
}
