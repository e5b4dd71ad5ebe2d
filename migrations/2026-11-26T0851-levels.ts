import { sql, type Kysely } from 'kysely';

/**
 * The grade level of a pupil as their roster file has it: a class of two levels has pupils of both,
 * and a pupil without a class has one too. Running code goes on: it fills none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account add column level text check (length(level) between 1 and 40);
  `.execute(db);
}
