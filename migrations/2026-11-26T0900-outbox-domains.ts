import { sql, type Kysely } from 'kysely';

/**
 * Whether an account has ever written to a domain outside is asked at each of its letters, of years
 * of mail. A column of its own: under row-level security no index serves what a function makes of
 * another. Old code runs beside it; it writes the table anew, which holds writers up.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table outbox
      add column domain text not null
        generated always as (split_part(recipient, '@', 2)) stored;

    create index outbox_by_domain on outbox (school_id, account_id, domain, created_at)
    where not is_copy
  `.execute(db);
}
