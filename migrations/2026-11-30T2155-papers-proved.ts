import { sql, type Kysely } from 'kysely';

/** The nightly proof sees whom each paper is about, and nothing of what it says. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant select (school_id, paper_id, pupil_address_id) on paper_child to preau_isolation;
    create policy isolation_proof on paper_child for select to preau_isolation using (true)
  `.execute(db);
}
