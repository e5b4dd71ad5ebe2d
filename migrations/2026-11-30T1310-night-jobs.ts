import { sql, type Kysely } from 'kysely';

/**
 * How each piece of heavy work stands, and what is due of it: by now it is all done by one hand.
 * People whose mail is to be erased wait for the night. Running code survives it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table night_job (
      name text primary key,
      known_at timestamptz not null,
      begun_at timestamptz,
      ended_at timestamptz,
      result text,
      counts jsonb not null default '{}',
      done_at timestamptz,
      next_at timestamptz,
      checkpoint text,
      constraint night_job_result_check check (result in ('done', 'stopped', 'failed'))
    )
  `.execute(db);
  await sql`
    comment on table night_job is
      'When each piece of heavy work was last begun and ended, how, and when it comes next.'
  `.execute(db);
  await sql`alter table due drop constraint due_kind_check`.execute(db);
  await sql`
    alter table due add constraint due_kind_check check (
      kind in (
        'closing', 'outbox', 'hold', 'draft', 'rollover', 'leaver', 'erasure', 'pictures',
        'roster-draft', 'roster-questions', 'absence', 'report', 'moderation', 'copy', 'paper'
      )
    )
  `.execute(db);
}
