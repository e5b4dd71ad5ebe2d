import { sql, type Kysely } from 'kysely';

/**
 * Letters that somebody wants to see again at another hour (decision 107): the folder in which they
 * lie until then, when each comes back, and of a letter that has come back when it first came.
 * Running code knows none of it; a folder of this use is to it one that can be neither renamed nor
 * removed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await widen(db);
  await sql`
    create table put_off_letter (
      school_id integer not null,
      id bigint generated always as identity,
      account_id bigint not null,
      mailbox_id bigint not null,
      uid bigint not null,
      back_to bigint,
      returns_at timestamptz not null,
      primary key (school_id, id),
      unique (school_id, mailbox_id, uid),
      foreign key (school_id, account_id) references account (school_id, id),
      foreign key (school_id, mailbox_id, uid) references entry (school_id, mailbox_id, uid)
        on delete cascade,
      foreign key (school_id, back_to) references mailbox (school_id, id)
        on delete set null (back_to)
    );
    create index put_off_letter_account on put_off_letter (school_id, account_id);
    create index put_off_letter_back on put_off_letter (school_id, back_to);
    comment on table put_off_letter is 'When a letter of the folder for later comes back.';
    comment on column put_off_letter.back_to is
      'The mailbox that it came from; null where that is gone: then the inbox.';
    alter table put_off_letter enable row level security;
    alter table put_off_letter force row level security;
    create policy tenant on put_off_letter
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer)
  `.execute(db);
  await endWithTheEntry(db);
}

async function widen(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table entry
      add column first_at timestamptz,
      add column returned text check (returned in ('later'));
    comment on column entry.first_at is
      'When it first came, of what was put off and has come back: internal_date is its return.';
    alter table mailbox drop constraint mailbox_use_check;
    alter table mailbox add constraint mailbox_use_check check (use in (
      'inbox', 'drafts', 'sent', 'trash', 'junk', 'archive', 'later'
    ));
    create unique index mailbox_for_later on mailbox (school_id, account_id) where use = 'later';
    alter table due drop constraint due_kind_check;
    alter table due add constraint due_kind_check check (kind in (
      'closing', 'outbox', 'hold', 'draft', 'rollover', 'leaver', 'pictures', 'roster-draft',
      'roster-questions', 'absence', 'report', 'moderation', 'copy', 'paper', 'erasure', 'notice',
      'daily-word', 'put-off'
    ))
  `.execute(db);
}

/** Whatever takes a letter out of the folder, nothing of it is due any more. */
async function endWithTheEntry(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function put_off_no_more() returns trigger language plpgsql as $$
    begin
      delete from due d using gone g
      where d.kind = 'put-off' and d.school_id = g.school_id and d.row_id = g.id;
      return null;
    end $$;
    create trigger due_no_more after delete on put_off_letter
      referencing old table as gone for each statement execute function put_off_no_more()
  `.execute(db);
}
