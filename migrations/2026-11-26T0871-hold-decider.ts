import { sql, type Kysely } from 'kysely';

/**
 * Who decides about a held letter where neither a class's teachers nor its recipient do: the head
 * of its writer's school, or the writer, with a reason. And the site for which it is held, so that
 * whoever decides sees which. Running code takes such a letter for its recipient's to decide.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table hold
      add column decider text check (decider in ('head', 'writer')),
      add column site text,
      add constraint hold_decider check (decider is null or (class_id is null and until is null));
    create index hold_for_head on hold (school_id) where decider = 'head' and state = 'waiting';
  `.execute(db);
}
