import { sql, type Kysely } from 'kysely';

/**
 * Whom somebody's absence was told, and at which message: nobody is told twice in a week. Such a
 * letter nobody wrote: it leaves with the null reverse-path (RFC 3834 §3.3), which is a null
 * `outbox.sender`. Running code goes on: it fills `sender` always.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table absence_reply (
      school_id integer not null references school (id),
      id bigint generated always as identity,
      account_id bigint not null,
      correspondent text not null,
      is_outside boolean not null,
      message_id bigint not null,
      queued_at timestamp with time zone not null,
      replied_at timestamp with time zone,
      primary key (school_id, id),
      unique (school_id, account_id, correspondent),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    alter table absence_reply enable row level security;
    alter table absence_reply force row level security;
    create policy tenant on absence_reply
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
    alter table due
      drop constraint due_kind_check,
      add constraint due_kind_check
        check (
          kind in (
            'closing', 'outbox', 'hold', 'draft', 'rollover', 'leaver', 'pictures', 'roster-draft',
            'roster-questions', 'absence'
          )
        );
    alter table outbox alter column sender drop not null;
    alter table message
      drop constraint message_origin_check,
      add constraint message_origin_check
        check (origin in ('web', 'submission', 'mx', 'system', 'automatic', 'added', 'brought'));
  `.execute(db);
}
