import { sql, type Kysely } from 'kysely';

/** Each of a school, row by row. */
const TABLES = ['board', 'notice', 'notice_words', 'notice_place', 'notice_seen'] as const;

/**
 * Boards (decision 93): a mailbox without an owner for each class, or school, and circle of
 * readers; what hangs there, in which words; and who has seen it. Running code goes on without any
 * of it: every mailbox that it knows has an owner.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeBoards(db);
  await makeNotices(db);
  for (const table of TABLES) await keepApart(db, table);
  await sql`
    alter table due drop constraint due_kind_check;
    alter table due add constraint due_kind_check check (kind in (
      'closing', 'outbox', 'hold', 'draft', 'rollover', 'leaver', 'pictures', 'roster-draft',
      'roster-questions', 'absence', 'report', 'moderation', 'copy', 'paper', 'erasure', 'notice'
    ))
  `.execute(db);
}

async function makeBoards(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table mailbox alter column account_id drop not null;
    alter table mailbox add constraint mailbox_of_nobody_has_no_use
      check (account_id is not null or (use is null and wished_use is null));
    comment on column mailbox.account_id is
      'Null: a board''s, whose readers are told by the roster of the moment.';
    create table board (
      school_id integer not null,
      mailbox_id bigint not null,
      class_id bigint,
      readers text not null check (readers in ('pupils', 'families', 'team')),
      primary key (school_id, mailbox_id),
      unique nulls not distinct (school_id, class_id, readers),
      foreign key (school_id, mailbox_id) references mailbox (school_id, id),
      foreign key (school_id, class_id) references class (school_id, id) on delete cascade
    );
    comment on table board is
      'Whose mailbox it is: of a class or, where that is null, of the school; and who reads it.'
  `.execute(db);
}

async function makeNotices(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table notice (
      school_id integer not null references school (id),
      id bigint generated always as identity,
      class_id bigint,
      author_address_id bigint not null,
      author_name text not null,
      edition integer not null default 0,
      pinned boolean not null default false,
      made_at timestamptz not null,
      posted_at timestamptz,
      until_at timestamptz not null,
      taken_down_at timestamptz,
      gone_at timestamptz not null,
      primary key (school_id, id),
      foreign key (school_id, class_id) references class (school_id, id) on delete cascade
    );
    create index notice_class on notice (school_id, class_id);
    comment on column notice.edition is 'Which of its words hang; 0: none yet.';
    comment on column notice.taken_down_at is 'Its day was over, or it was taken off.';
    create table notice_words (
      school_id integer not null,
      notice_id bigint not null,
      edition integer not null check (edition > 0),
      letter uuid not null,
      title text not null,
      text text not null,
      readers text[] not null check (readers <@ '{pupils,families,team}'),
      message_id bigint,
      made_at timestamptz not null,
      primary key (school_id, notice_id, edition),
      unique (school_id, letter),
      foreign key (school_id, notice_id) references notice (school_id, id) on delete cascade
    );
    create index notice_words_message on notice_words (school_id, message_id);
    comment on column notice_words.message_id is 'The letter that they are; null: it hasn''t left.';
    create table notice_place (
      school_id integer not null,
      notice_id bigint not null,
      mailbox_id bigint not null,
      uid bigint not null,
      primary key (school_id, mailbox_id, uid),
      foreign key (school_id, notice_id) references notice (school_id, id) on delete cascade
    );
    create index notice_place_notice on notice_place (school_id, notice_id);
    create table notice_seen (
      school_id integer not null,
      notice_id bigint not null,
      address_id bigint not null,
      edition integer not null,
      at timestamptz not null,
      primary key (school_id, notice_id, address_id),
      foreign key (school_id, notice_id) references notice (school_id, id) on delete cascade
    );
    create index notice_seen_by on notice_seen (school_id, address_id);
    comment on column notice_seen.edition is 'The words that were seen, the last of them.'
  `.execute(db);
}

async function keepApart(db: Kysely<unknown>, table: (typeof TABLES)[number]): Promise<void> {
  const name = sql.table(table);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`alter table ${name} force row level security`.execute(db);
  await sql`
    create policy tenant on ${name}
      using (school_id = nullif(current_setting('preau.school', true), '')::integer)
      with check (school_id = nullif(current_setting('preau.school', true), '')::integer)
  `.execute(db);
}
