import { sql, type Kysely } from 'kysely';

/**
 * The foundation: the town, its schools, who is in which class, and the mail store.
 *
 * Platform-level tables hold no content and are few: commune, school, address, throttle, due, agent_act. Every other table
 * is a school's: `school_id` stands first in its primary key and in each of its foreign and unique keys, and row-level
 * security shows it only inside a transaction that has set `preau.school`. People are named by their platform address id,
 * without a foreign key: a foreign key ignores row-level security and would tell one school what exists in another.
 *
 * First migration: there is no older code to run beside.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [platform, roster, accounts, mail, moderationAndSending]) await part.execute(db);
  await tenantPolicies.execute(db);
  await rosterVersion.execute(db);
}

const platform = sql`
  create extension if not exists unaccent;
  create text search configuration preau (copy = french);
  alter text search configuration preau
    alter mapping for hword, hword_part, word with unaccent, french_stem;

  create table commune (
    id integer primary key,
    slug text not null unique,
    name text not null
  );

  -- The tenant. School 0 is the town itself; its pupil_mail_stopped stops the pupils of all schools.
  create table school (
    id integer primary key,
    commune_id integer references commune (id),
    slug text not null unique,
    name text not null,
    domain text,
    time_zone text not null default 'Europe/Paris',
    -- Grows with every change that a sending decision may depend on; the storing transaction checks it again.
    roster_version bigint not null default 1,
    pupil_mail_stopped boolean not null default false,
    outside_forbidden boolean not null default false,
    pupils_reach_all_teachers boolean not null default false,
    -- Null is always open; otherwise {"days": [1..7, Monday is 1], "from": "08:00", "to": "18:00"}, in time_zone.
    opening jsonb
  );

  -- Every address of the town, and to whom it leads. Never deleted, never given to somebody else.
  create table address (
    id bigint generated always as identity primary key,
    domain text not null,
    local text not null,
    kind text not null check (kind in ('account', 'class', 'class-families', 'team', 'pupils', 'families', 'town', 'support', 'postmaster')),
    school_id integer not null references school (id),
    -- An account's or a class's id in that school; null for lists of a whole school or town.
    target_id bigint,
    -- Other schools where this person has a post, a class or a child: where else to look for what joins two people.
    present_in integer[] not null default '{}',
    unique (domain, local)
  );
  create index address_target on address (school_id, kind, target_id);

  -- Counters of failed sign-ins, by a keyed hash of the account or of the peer.
  create table throttle (
    key bytea primary key,
    failures integer not null,
    blocked_until timestamptz not null,
    updated_at timestamptz not null
  );

  -- What somebody must do later, and when; the row itself is the school's. A lost queue is rebuilt from here.
  create table due (
    kind text not null check (kind in ('outbox', 'hold', 'draft')),
    school_id integer not null references school (id),
    row_id bigint not null,
    at timestamptz not null,
    primary key (kind, school_id, row_id)
  );
  create index due_at on due (at);

  -- What town agents did across schools, and why.
  create table agent_act (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    agent_address_id bigint not null,
    act text not null,
    school_id integer references school (id),
    reason text not null
  );
`;

const roster = sql`
  create table class (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    name text not null,
    levels text[] not null,
    cover smallint not null check (cover between 1 and 8),
    moderation text not null default 'open' check (moderation in ('open', 'first-contact', 'all')),
    address_id bigint not null,
    ends_on date,
    primary key (school_id, id)
  );

  -- Who is in a class, from when until when (the last day included); never deleted, only ended.
  create table membership (
    school_id integer not null references school (id),
    class_id bigint not null,
    address_id bigint not null,
    role text not null check (role in ('pupil', 'teacher', 'aide')),
    from_date date not null,
    until_date date,
    primary key (school_id, class_id, address_id, role, from_date),
    foreign key (school_id, class_id) references class (school_id, id)
  );
  create index membership_person on membership (school_id, address_id);

  -- An adult's place in a school.
  create table post (
    school_id integer not null references school (id),
    address_id bigint not null,
    role text not null check (role in ('teacher', 'head', 'staff')),
    reachable_by_pupils boolean not null default false,
    from_date date not null,
    until_date date,
    primary key (school_id, address_id, role, from_date)
  );

  create table guardianship (
    school_id integer not null references school (id),
    child_address_id bigint not null,
    guardian_address_id bigint not null,
    blocked boolean not null default false,
    primary key (school_id, child_address_id, guardian_address_id)
  );

  -- An aide (AESH, ATSEM) who goes with one child.
  create table accompaniment (
    school_id integer not null references school (id),
    pupil_address_id bigint not null,
    aide_address_id bigint not null,
    from_date date not null,
    until_date date,
    primary key (school_id, pupil_address_id, aide_address_id, from_date)
  );

  -- One side of a link between two classes; the other school holds the other side. It runs while both have agreed.
  create table class_link (
    school_id integer not null references school (id),
    class_id bigint not null,
    other_class_address_id bigint not null,
    agreed boolean not null default false,
    moderated boolean not null default false,
    from_date date not null,
    until_date date not null,
    primary key (school_id, class_id, other_class_address_id),
    foreign key (school_id, class_id) references class (school_id, id)
  );

  -- Somebody outside whom a teacher approved for one class.
  create table correspondent (
    school_id integer not null references school (id),
    class_id bigint not null,
    address text not null,
    approved_by bigint not null,
    until_date date not null,
    primary key (school_id, class_id, address),
    foreign key (school_id, class_id) references class (school_id, id)
  );
`;

const accounts = sql`
  create table account (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    address_id bigint not null,
    role text not null check (role in ('pupil', 'teacher', 'head', 'staff', 'guardian', 'agent')),
    given_name text not null,
    family_name text not null,
    display_name text not null,
    -- The animal of a child, the initials of an adult.
    face text not null,
    language text not null default 'fr' check (language in ('fr', 'en')),
    password_hash text,
    state text not null default 'active' check (state in ('active', 'suspended', 'archived')),
    paused_until timestamptz,
    quota_bytes bigint not null,
    -- Since when the hard limit refuses mail: 452 at first, 552 after three days of it.
    full_since timestamptz,
    primary key (school_id, id),
    unique (school_id, address_id)
  );

  create table session (
    school_id integer not null references school (id),
    id uuid not null,
    account_id bigint not null,
    secret_hash bytea not null,
    csrf text not null,
    created_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    primary key (school_id, id),
    foreign key (school_id, account_id) references account (school_id, id)
  );
  create index session_account on session (school_id, account_id);

  -- Who did what in this school, for the head to read.
  create table audit (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    at timestamptz not null default now(),
    actor_address_id bigint not null,
    act text not null,
    subject jsonb not null,
    primary key (school_id, id)
  );
`;

const mail = sql`
  -- One message in one school, whatever the number of its readers. What listing needs is made once, at delivery.
  create table message (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    -- Null for a sender outside.
    sender_address_id bigint,
    sender_role text not null,
    -- How it came: a person wrote it (web, submission), a stranger sent it (mx), the service did (system), or it was brought along (added).
    origin text not null check (origin in ('web', 'submission', 'mx', 'system', 'added')),
    -- The header's Message-ID, not this row's id.
    header_id text,
    in_reply_to text,
    refs text[] not null default '{}',
    subject text not null,
    preview text not null,
    envelope jsonb not null,
    structure jsonb not null,
    attachments jsonb not null,
    search tsvector not null,
    automatic boolean not null,
    size_bytes integer not null,
    received_at timestamptz not null default now(),
    sha256 bytea not null,
    -- The bytes exactly as accepted. Never compressed by the database, so that a range of them is read alone.
    raw bytea not null,
    primary key (school_id, id)
  );
  alter table message alter column raw set storage external;
  create index message_search on message using gin (search);
  create index message_sender on message (school_id, sender_address_id, received_at);

  create table mailbox (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    account_id bigint not null,
    name text not null,
    use text check (use in ('inbox', 'drafts', 'sent', 'trash', 'junk', 'archive')),
    uid_validity bigint not null,
    -- A UID only grows and never comes back, not even after an expunge (RFC 9051 2.3.1.1).
    uid_next bigint not null default 1,
    -- RFC 7162 3.1: grows with every change of this mailbox.
    modseq bigint not null default 1,
    total integer not null default 0,
    unseen integer not null default 0,
    bytes bigint not null default 0,
    primary key (school_id, id),
    foreign key (school_id, account_id) references account (school_id, id),
    unique (school_id, account_id, name)
  );

  -- One message in one mailbox: the narrow row.
  create table entry (
    school_id integer not null references school (id),
    mailbox_id bigint not null,
    uid bigint not null,
    message_id bigint not null,
    seen boolean not null default false,
    flagged boolean not null default false,
    answered boolean not null default false,
    draft boolean not null default false,
    deleted boolean not null default false,
    keywords text[],
    modseq bigint not null,
    internal_date timestamptz not null default now(),
    saved_at timestamptz not null default now(),
    size_bytes integer not null,
    primary key (school_id, mailbox_id, uid),
    foreign key (school_id, mailbox_id) references mailbox (school_id, id),
    foreign key (school_id, message_id) references message (school_id, id)
  );
  create index entry_message on entry (school_id, message_id);
`;

const moderationAndSending = sql`
  -- A recipient who does not have the message yet: a teacher or the clock lets it go. It lies in the school of the class that holds it.
  create table hold (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    message_id bigint not null,
    -- The class whose teachers decide; null where only the clock does.
    class_id bigint,
    -- The address that the sender named (a list or a person), and the person it leads to.
    named_address_id bigint not null,
    recipient_address_id bigint not null,
    rule text not null,
    -- When it goes by itself; null: not before somebody says so.
    until timestamptz,
    -- Rules already lifted for this recipient.
    lifted text[] not null default '{}',
    state text not null default 'waiting' check (state in ('waiting', 'released', 'given-back')),
    decided_by bigint,
    decided_at timestamptz,
    note text,
    created_at timestamptz not null default now(),
    primary key (school_id, id),
    foreign key (school_id, message_id) references message (school_id, id),
    foreign key (school_id, class_id) references class (school_id, id)
  );
  create index hold_waiting on hold (school_id, class_id) where state = 'waiting';
  create index hold_message on hold (school_id, message_id);

  -- A recipient outside: sent by the worker, never twice once the peer has said 250.
  create table outbox (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    message_id bigint not null,
    account_id bigint not null,
    sender text not null,
    recipient text not null,
    state text not null default 'due' check (state in ('due', 'sent', 'failed')),
    attempts integer not null default 0,
    last_reply text,
    created_at timestamptz not null default now(),
    finished_at timestamptz,
    primary key (school_id, id),
    unique (school_id, message_id, recipient),
    foreign key (school_id, message_id) references message (school_id, id),
    foreign key (school_id, account_id) references account (school_id, id)
  );

  -- A draft that leaves by itself when the scanner answers again.
  create table waiting_draft (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    account_id bigint not null,
    mailbox_id bigint not null,
    uid bigint not null,
    created_at timestamptz not null default now(),
    primary key (school_id, id),
    unique (school_id, mailbox_id, uid),
    foreign key (school_id, mailbox_id, uid) references entry (school_id, mailbox_id, uid) on delete cascade
  );

  -- How much a person has sent lately: the sending rate counts these.
  create table sending (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    account_id bigint not null,
    at timestamptz not null default now(),
    recipients integer not null,
    primary key (school_id, id),
    foreign key (school_id, account_id) references account (school_id, id)
  );
  create index sending_lately on sending (school_id, account_id, at);

  -- That a pupil wrote to somebody (a list counts as one): what first-contact asks. Lies in the pupil's school.
  create table contact (
    school_id integer not null references school (id),
    from_address_id bigint not null,
    to_address_id bigint not null,
    first_at timestamptz not null default now(),
    primary key (school_id, from_address_id, to_address_id)
  );

  -- A child said that a message bothers them; their teachers see it.
  create table report (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    message_id bigint not null,
    account_id bigint not null,
    created_at timestamptz not null default now(),
    closed_by bigint,
    closed_at timestamptz,
    primary key (school_id, id),
    unique (school_id, message_id, account_id),
    foreign key (school_id, message_id) references message (school_id, id),
    foreign key (school_id, account_id) references account (school_id, id)
  );
`;

const tenantPolicies = sql`
  do $$
  declare t text;
  begin
    for t in
      select c.table_name from information_schema.columns c
      where c.table_schema = 'public' and c.column_name = 'school_id' and c.ordinal_position = 1
    loop
      execute format('alter table %I enable row level security', t);
      execute format('alter table %I force row level security', t);
      execute format(
        'create policy tenant on %I using (school_id = nullif(current_setting(''preau.school'', true), '''')::integer) with check (school_id = nullif(current_setting(''preau.school'', true), '''')::integer)', t);
    end loop;
  end $$;
`;

/**
 * Every change that a sending decision may depend on makes the school's roster_version grow, whoever makes it: a snapshot
 * kept by some process is then known to be old. Per statement, so that a bulk import costs one update each.
 */
const rosterVersion = sql`
  create function bump_roster() returns trigger language plpgsql as $$
  begin
    update school set roster_version = roster_version + 1 where id = nullif(current_setting('preau.school', true), '')::integer;
    return null;
  end $$;

  create function bump_roster_of_address() returns trigger language plpgsql as $$
  begin
    update school set roster_version = roster_version + 1 where id in (select school_id from changed);
    return null;
  end $$;

  create function bump_own_roster() returns trigger language plpgsql as $$
  begin
    new.roster_version := old.roster_version + 1;
    return new;
  end $$;

  do $$
  declare t text;
  begin
    foreach t in array array['class', 'membership', 'post', 'guardianship', 'accompaniment', 'class_link', 'correspondent'] loop
      execute format('create trigger bump_roster after insert or update or delete on %I for each statement execute function bump_roster()', t);
    end loop;
  end $$;
  create trigger bump_roster after insert or delete or update of role, display_name, given_name, family_name, face, state, paused_until
    on account for each statement execute function bump_roster();
  create trigger bump_on_insert after insert on address referencing new table as changed for each statement execute function bump_roster_of_address();
  create trigger bump_on_leave after update on address referencing old table as changed for each statement execute function bump_roster_of_address();
  create trigger bump_on_arrive after update on address referencing new table as changed for each statement execute function bump_roster_of_address();
  create trigger bump_settings before update of slug, name, domain, time_zone, pupil_mail_stopped, outside_forbidden, pupils_reach_all_teachers, opening
    on school for each row execute function bump_own_roster();
`;
