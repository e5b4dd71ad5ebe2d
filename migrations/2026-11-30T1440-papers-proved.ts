import { sql, type Kysely } from 'kysely';

/** What the proof of isolation reads of papers: who asked and who signed, and no word of it. */
const READ: Readonly<Record<string, readonly string[]>> = {
  paper: ['id', 'author_address_id'],
  paper_answer: ['paper_id', 'signer_address_id', 'by_address_id'],
};

/** The nightly proof sees that no pupil signs a paper, and no family asks for one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of Object.entries(READ)) {
    const names = sql.join(['school_id', ...columns].map((name) => sql.ref(name)));
    await sql`grant select (${names}) on ${sql.table(table)} to preau_isolation`.execute(db);
    await sql`
      create policy isolation_proof on ${sql.table(table)} for select to preau_isolation using (true)
    `.execute(db);
  }
}
