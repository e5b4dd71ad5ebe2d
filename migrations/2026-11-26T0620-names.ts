import { sql, type Kysely } from 'kysely';

/**
 * How a child knows grown-ups: the civility of adults from their roster file, what a guardian lets
 * their child call them, and whether a class says « Maîtresse ». Running code goes on: it fills
 * none of them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account
    add column civility text check (civility in ('M', 'Mme'));
    alter table guardianship
    add column called text check (length(called) between 1 and 30);
    alter table class
    add column teachers_called text not null default 'name'
      check (teachers_called in ('name', 'title'));
    drop trigger bump_roster on account;
    create trigger bump_roster
    after insert or delete or
    update of role, display_name, given_name, family_name, civility, face, state, paused_until
    on account
    for each statement execute function bump_roster();
  `.execute(db);
}
