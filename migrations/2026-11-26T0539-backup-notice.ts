import { sql, type Kysely } from 'kysely';

/**
 * What each agent of the town was last told of the backups, so that a notice comes once when they are
 * in trouble, and once when they aren't any more. Running code goes on without it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table backup_notice (
      school_id integer not null references school (id),
      account_id bigint not null,
      is_red boolean not null,
      primary key (school_id, account_id),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    alter table backup_notice enable row level security;
    alter table backup_notice force row level security;
    create policy tenant on backup_notice
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
  `.execute(db);
}
