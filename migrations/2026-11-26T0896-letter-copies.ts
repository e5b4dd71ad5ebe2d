import { sql, type Kysely } from 'kysely';

/**
 * Where somebody wants copies of class mail, confirmed by a mailed code, and each letter of ours
 * that left for there: a copy, or a code. Its token is in its reverse-path, so that one that comes
 * back is counted. `outbox.is_copy`: nobody of the town wrote it. Running code goes on and makes
 * none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table copy_address (
      school_id integer not null references school (id),
      account_id bigint not null,
      address text not null check (length(address) <= 254),
      confirmed_at timestamp with time zone,
      stopped_at timestamp with time zone,
      code_hash bytea,
      code_made_at timestamp with time zone,
      code_tries smallint not null default 0,
      primary key (school_id, account_id),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade
    );
    create table letter_copy (
      school_id integer not null references school (id),
      id bigint generated always as identity,
      account_id bigint not null,
      kind text not null check (kind in ('letter', 'code')),
      message_id bigint,
      token text not null default replace(gen_random_uuid()::text, '-', ''),
      queued_at timestamp with time zone not null,
      left_at timestamp with time zone,
      returned_at timestamp with time zone,
      primary key (school_id, id),
      unique (school_id, account_id, message_id),
      unique (school_id, token),
      foreign key (school_id, account_id) references account (school_id, id) on delete cascade,
      foreign key (school_id, message_id) references message (school_id, id) on delete cascade
    );
    alter table copy_address enable row level security;
    alter table copy_address force row level security;
    create policy tenant on copy_address
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
    alter table letter_copy enable row level security;
    alter table letter_copy force row level security;
    create policy tenant on letter_copy
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer);
    create index letter_copy_message on letter_copy (school_id, message_id);
    alter table outbox add column is_copy boolean not null default false;
    alter table due
      drop constraint due_kind_check,
      add constraint due_kind_check
        check (
          kind in (
            'closing', 'outbox', 'hold', 'draft', 'rollover', 'leaver', 'pictures', 'roster-draft',
            'roster-questions', 'absence', 'report', 'moderation', 'copy'
          )
        );
  `.execute(db);
}
