import { sql, type Kysely } from 'kysely';

/**
 * Letters whose writer wants to hear where nobody has answered by a day (decision 110), and that
 * such a letter has come back for it. Running code reminds nobody.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table entry drop constraint entry_returned_check;
    alter table entry add constraint entry_returned_check
      check (returned in ('later', 'unanswered'));
    alter table due drop constraint due_kind_check;
    alter table due add constraint due_kind_check check (kind in (
      'closing', 'outbox', 'hold', 'draft', 'rollover', 'leaver', 'pictures', 'roster-draft',
      'roster-questions', 'absence', 'report', 'moderation', 'copy', 'paper', 'erasure', 'notice',
      'daily-word', 'put-off', 'answer'
    ));
    create table awaited_answer (
      school_id integer not null,
      id bigint generated always as identity,
      account_id bigint not null,
      message_id bigint not null,
      until timestamptz not null,
      primary key (school_id, id),
      unique (school_id, account_id, message_id),
      foreign key (school_id, account_id) references account (school_id, id),
      foreign key (school_id, message_id) references message (school_id, id) on delete cascade
    );
    create index awaited_answer_message on awaited_answer (school_id, message_id);
    comment on table awaited_answer is 'By when somebody wants an answer to a letter of theirs.';
    alter table awaited_answer enable row level security;
    alter table awaited_answer force row level security;
    create policy tenant on awaited_answer
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer)
  `.execute(db);
}
