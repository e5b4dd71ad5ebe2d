import { sql, type Kysely } from 'kysely';

/** Who wants one word a day of what waits, and when it went last. Running code goes on without. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account
      add column daily_word boolean not null default false,
      add column daily_word_at timestamptz;
    comment on column account.daily_word is 'A guardian wants one word a day of what waits.';
    alter table due drop constraint due_kind_check;
    alter table due add constraint due_kind_check check (kind in (
      'closing', 'outbox', 'hold', 'draft', 'rollover', 'leaver', 'pictures', 'roster-draft',
      'roster-questions', 'absence', 'report', 'moderation', 'copy', 'paper', 'erasure', 'notice',
      'daily-word'
    ))
  `.execute(db);
}
