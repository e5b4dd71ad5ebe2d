import { sql, type Kysely } from 'kysely';

/**
 * An agent may be of some communes only. Running code takes all for agents of the whole town, so
 * none is to be made before it is replaced.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account add column communes integer[]
      check (communes is null or role = 'agent' and cardinality(communes) > 0);
    comment on column account.communes is 'Of an agent of these communes alone; null: of the whole town, and for everybody else.';
    create trigger bump_on_communes after update of communes on account
      for each statement execute function bump_roster()
  `.execute(db);
}
