import { sql, type Kysely } from 'kysely';

/** Each of a school, row by row. */
const TABLES = [
  'paper',
  'paper_version',
  'paper_file',
  'paper_child',
  'paper_answer',
  'paper_number',
  'paper_reminder',
] as const;

/**
 * Papers that families sign: what is asked of whom until when, the words by their versions with the
 * files, whom it is about, and what was answered to which words. Answers are only ever added, and
 * names stand in them as they were: they outlive the accounts. Of a guardianship a head may say
 * that neither hears of the other, and a session remembers when its password was given last.
 * Running code goes on without any of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makePapers(db);
  await makeFilesAndChildren(db);
  await makeAnswers(db);
  for (const table of TABLES) await keepApart(db, table);
  await sql`
    alter table guardianship add column silent boolean not null default false;
    comment on column guardianship.silent is
      'What the other guardians of the child answer, and that they did, is said to nobody.';
    alter table session add column proved_at timestamptz not null default now();
    comment on column session.proved_at is 'When its password was given last.';
    alter table due drop constraint due_kind_check;
    alter table due add constraint due_kind_check check (kind in (
      'closing', 'outbox', 'hold', 'draft', 'rollover', 'leaver', 'pictures', 'roster-draft',
      'roster-questions', 'absence', 'report', 'moderation', 'copy', 'paper'
    ))
  `.execute(db);
}

async function makePapers(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table paper (
      school_id integer not null references school (id),
      id bigint generated always as identity,
      author_address_id bigint not null,
      author_name text not null,
      class_id bigint,
      about text not null,
      recipient text not null,
      version integer not null default 0,
      made_at timestamptz not null,
      asked_at timestamptz,
      withdrawn_at timestamptz,
      remind_at timestamptz,
      numbers_gone_at timestamptz,
      gone_at timestamptz not null,
      primary key (school_id, id)
    );
    create index paper_author on paper (school_id, author_address_id);
    create index paper_class on paper (school_id, class_id);
    create table paper_version (
      school_id integer not null,
      paper_id bigint not null,
      version integer not null check (version > 0),
      letter uuid not null,
      letter_hash text not null,
      subject text not null,
      body text not null,
      text text not null,
      place text not null,
      price text not null,
      day date,
      last_day date,
      from_time text,
      to_time text,
      question text not null check (question in ('sign', 'yes-no', 'choice', 'words')),
      options text[] not null,
      needed text not null check (needed in ('one', 'each')),
      until_at timestamptz not null,
      asks_number boolean not null,
      made_at timestamptz not null,
      remind_at timestamptz,
      numbers_gone_at timestamptz,
      gone_at timestamptz not null,
      primary key (school_id, paper_id, version),
      foreign key (school_id, paper_id) references paper (school_id, id) on delete cascade
    );
    -- Partial, so that no reference is looked up by it instead of by the whole of its key.
    create unique index paper_version_letter on paper_version (school_id, letter) where version > 0
  `.execute(db);
}

async function makeFilesAndChildren(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table paper_file (
      school_id integer not null,
      paper_id bigint not null,
      version integer not null,
      place integer not null,
      name text not null,
      media_type text not null,
      size_bytes integer not null,
      sha256 text not null,
      bytes bytea not null,
      primary key (school_id, paper_id, version, place),
      foreign key (school_id, paper_id, version)
        references paper_version (school_id, paper_id, version) on delete cascade
    );
    create table paper_child (
      school_id integer not null,
      paper_id bigint not null,
      pupil_address_id bigint not null,
      name text not null,
      primary key (school_id, paper_id, pupil_address_id),
      foreign key (school_id, paper_id) references paper (school_id, id) on delete cascade
    );
    create index paper_child_pupil on paper_child (school_id, pupil_address_id)
  `.execute(db);
}

async function makeAnswers(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table paper_answer (
      school_id integer not null,
      id bigint generated always as identity,
      paper_id bigint not null,
      version integer not null,
      pupil_address_id bigint not null,
      signer_address_id bigint,
      signer_name text not null,
      says text not null check (says in ('signed', 'yes', 'no', 'option', 'words')),
      option integer,
      words text,
      note text not null,
      at timestamptz not null,
      way text not null check (way in ('password', 'second-factor', 'paper')),
      by_address_id bigint not null,
      slip_hash text not null,
      hash text not null,
      primary key (school_id, id),
      foreign key (school_id, paper_id, version)
        references paper_version (school_id, paper_id, version) on delete cascade,
      check ((says = 'option') = (option is not null)),
      check ((says = 'words') = (words is not null))
    );
    create index paper_answer_paper on paper_answer (school_id, paper_id, pupil_address_id);
    create table paper_number (
      school_id integer not null,
      paper_id bigint not null,
      pupil_address_id bigint not null,
      guardian_address_id bigint not null,
      number text not null,
      primary key (school_id, paper_id, pupil_address_id, guardian_address_id),
      foreign key (school_id, paper_id) references paper (school_id, id) on delete cascade
    );
    create table paper_reminder (
      school_id integer not null,
      paper_id bigint not null,
      guardian_address_id bigint not null,
      at timestamptz not null,
      primary key (school_id, paper_id, guardian_address_id),
      foreign key (school_id, paper_id) references paper (school_id, id) on delete cascade
    );
    create index paper_reminder_guardian on paper_reminder (school_id, guardian_address_id)
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
