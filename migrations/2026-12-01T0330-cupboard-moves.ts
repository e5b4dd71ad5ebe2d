import { sql, type Kysely } from 'kysely';

/**
 * What something was shown to before it went into another cupboard, so that its way back restores
 * it. Running code neither reads nor writes it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table cupboard_item
      add column came_from bigint,
      add column came_sees text check (came_sees in ('author', 'team', 'pupils', 'families')),
      add column came_open boolean,
      add check ((came_from is null) = (came_sees is null)),
      add check ((came_from is null) = (came_open is null));
    comment on column cupboard_item.came_from is 'The cupboard from which it was moved here last.';
    comment on column cupboard_item.came_sees is 'Who saw it there.';
    comment on column cupboard_item.came_open is 'Whether pupils put files into it there.'
  `.execute(db);
}
