import { sql, type Kysely } from 'kysely';

/**
 * The folder in which something lies as a column that is never null: an index on `coalesce` is
 * never asked where rows are kept apart by school, since PostgreSQL holds that expression for one
 * that may tell of others' rows. Running code names neither of the indexes and fills in nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table cupboard_item
      add column folder_key bigint not null generated always as (coalesce(parent_id, 0)) stored;
    comment on column cupboard_item.folder_key is 'The folder in which it lies; 0: the top.';
    drop index cupboard_item_name;
    drop index cupboard_item_listed;
    create unique index cupboard_item_name
      on cupboard_item (school_id, cupboard_id, folder_key, name_key)
      where thrown_at is null;
    create index cupboard_item_listed
      on cupboard_item (school_id, cupboard_id, folder_key, kind desc, name_key)
      where thrown_at is null
  `.execute(db);
}
