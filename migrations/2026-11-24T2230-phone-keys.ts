import { sql, type Kysely } from 'kysely';

/** A guardian may be known by a mobile phone too: a keyed hash like the others. Running code sees no difference. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table identity drop constraint identity_kind_check;
    alter table identity add constraint identity_kind_check check (kind in ('ine', 'born', 'mail', 'phone', 'name', 'sourced'));
  `.execute(db);
}
