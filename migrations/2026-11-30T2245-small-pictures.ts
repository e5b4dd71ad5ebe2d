import { sql, type Kysely } from 'kysely';

/** A small picture beside the bytes of a picture, for lists. Running code fills in none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table stored_body add column small bytea;
    alter table stored_body alter column small set storage external;
    comment on column stored_body.small is 'Of a picture: a PNG for lists; null where there is none.'
  `.execute(db);
}
