import { sql, type Kysely } from 'kysely';

/**
 * Whether the letters of a class's pupils are looked at twice before they go. Running code goes on:
 * it looks at none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table class
    add column second_look text not null default 'suggests'
      check (second_look in ('off', 'suggests', 'holds'));
  `.execute(db);
}
