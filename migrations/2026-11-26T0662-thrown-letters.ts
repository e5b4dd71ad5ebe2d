import { sql, type Kysely } from 'kysely';

/**
 * Whoever throws letters away is asked each time whether one of theirs waits in another school: those
 * few are found without the many that wait no more. Adds an index; older code may run beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index held_elsewhere_waiting on held_elsewhere (school_id) where state = 'waiting'
  `.execute(db);
}
