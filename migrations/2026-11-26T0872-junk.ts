import { sql, type Kysely } from 'kysely';

/**
 * Why a letter from outside came into Indésirables, by the names of the signs (core/junk), and whom
 * an account has written to, or said of that a letter of theirs is none. Running code writes neither,
 * and puts nothing there.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table message add column junk_signs text[];
    alter table known_writer add column trusted boolean not null default false;
  `.execute(db);
}
