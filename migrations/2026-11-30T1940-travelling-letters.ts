import { sql, type Kysely } from 'kysely';

/**
 * Letters of a link between two classes that travel (decision 106). Running code goes on without:
 * they are there at once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table class_link add column travels boolean not null default false;
    comment on column class_link.travels is
      'What this class''s pupils receive over it is brought at 8 h of their next day of school.'
  `.execute(db);
}
