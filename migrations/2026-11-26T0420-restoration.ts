import { sql, type Kysely } from 'kysely';

/**
 * After a restore from a backup nothing leaves by itself: when that was, and which mail to outside
 * stands still until an agent lets it go or drops it. Running code goes on without it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table restoration (
      at timestamptz primary key,
      data_until timestamptz
    );
    alter table outbox add column stands_still boolean not null default false;
  `.execute(db);
}
