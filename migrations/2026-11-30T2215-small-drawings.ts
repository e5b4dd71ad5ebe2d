import { sql, type Kysely } from 'kysely';

/**
 * A drawing as small as a wall shows it, beside the whole one. Running code names its columns: what
 * it takes in has none, and hangs whole.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table wall_item add column small bytea;
    comment on column wall_item.small is 'The drawing as a wall shows it, a PNG; null: the whole one is small, or of a voice.'
  `.execute(db);
}
