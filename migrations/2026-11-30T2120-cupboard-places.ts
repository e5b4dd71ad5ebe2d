import { sql, type Kysely } from 'kysely';

/**
 * What lies in the cupboard of a school's adults is seen by them: a word of its own, so that what
 * pupils see is never read out of it. Running code writes none of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table cupboard_item drop constraint cupboard_item_sees_check;
    alter table cupboard_item add constraint cupboard_item_sees_check
      check (sees in ('author', 'team', 'pupils', 'families'))
  `.execute(db);
}
