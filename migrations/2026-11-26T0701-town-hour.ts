import { sql, type Kysely } from 'kysely';

/**
 * How much the whole town wrote and signed in, hour by hour: numbers alone, for the agents' charts.
 * Running code goes on without it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table town_hour (
      begins_at timestamptz primary key,
      letters integer not null,
      handed integer not null,
      sign_ins integer not null
    );
  `.execute(db);
}
