import { sql, type Kysely } from 'kysely';

/** What agents were last told of, by its subject: no longer of the backups alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table backup_notice rename to trouble_notice`.execute(db);
  await sql`
    alter table trouble_notice
      add column about text not null default 'backups',
      add constraint trouble_notice_about_check check (about in ('backups', 'isolation'))
  `.execute(db);
  await sql`alter table trouble_notice alter column about drop default`.execute(db);
  await sql`
    alter table trouble_notice
      drop constraint backup_notice_pkey,
      add constraint trouble_notice_pkey primary key (school_id, account_id, about)
  `.execute(db);
  await sql`
    comment on table trouble_notice is 'Of which trouble an agent was last told, and whether it is over.'
  `.execute(db);
}
