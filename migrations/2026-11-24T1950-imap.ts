import { sql, type Kysely } from 'kysely';

/**
 * What a mail program needs of the store: ENVELOPE and BODYSTRUCTURE as ready text, keys to search and sort by, what was
 * expunged and when, keywords, subscriptions, rights on mailboxes, annotations, and whether a school's pupils may use one.
 *
 * Adds columns that may be null and tables: older code may run beside it, but leaves no trace of what it expunges meanwhile. Messages
 * from before have no ready text and no keys; there is no mail but a demo's yet.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [columns, tables, tenantPolicies, searchUnderPolicies]) await part.execute(db);
}

const columns = sql`
  alter table school add column pupil_imap boolean not null default false;

  alter table message
    add column wire_envelope text,
    add column wire_body text,
    add column wire_structure text,
    -- Bytes of the header, its empty line counted in.
    add column header_bytes integer,
    -- Without case and accents: subject, From, To, Cc, Bcc (null where there is no such field), base subject, then the first From, To, Cc, and how From and To are shown (RFC 5256, 5957).
    add column folded text[],
    -- The Date field: the moment, and the day as it is written there.
    add column sent_at timestamptz,
    add column sent_on date,
    add column is_reply boolean;
  -- Read for every line of a list: stays in the row, uncompressed, when the row grows too long.
  alter table message alter column wire_envelope set storage main;

  alter table mailbox
    add column subscribed boolean not null default true,
    -- Those ever used here; null for none.
    add column keywords text[],
    -- What was expunged at this MODSEQ or before is forgotten; null: nothing is.
    add column tombstones_from bigint;
  update mailbox set tombstones_from = modseq;
`;

const tables = sql`
  -- UIDs that are gone, by the MODSEQ of the act (RFC 7162 3.2.10). Swept after a month.
  create table expunged (
    school_id integer not null references school (id),
    mailbox_id bigint not null,
    modseq bigint not null,
    uids int8multirange not null,
    at timestamptz not null default now(),
    primary key (school_id, mailbox_id, modseq),
    foreign key (school_id, mailbox_id) references mailbox (school_id, id) on delete cascade
  );
  create index expunged_at on expunged (school_id, at);

  -- Names that stay subscribed though their mailbox is gone (RFC 9051 6.3.7).
  create table gone_subscription (
    school_id integer not null references school (id),
    account_id bigint not null,
    path text not null,
    primary key (school_id, account_id, path),
    foreign key (school_id, account_id) references account (school_id, id) on delete cascade
  );

  -- What others of the school may do in somebody's mailbox (RFC 4314).
  create table mailbox_right (
    school_id integer not null references school (id),
    mailbox_id bigint not null,
    account_id bigint not null,
    rights text not null check (rights ~ '^[lrswipkxtea]+$'),
    subscribed boolean not null default true,
    primary key (school_id, mailbox_id, account_id),
    foreign key (school_id, mailbox_id) references mailbox (school_id, id) on delete cascade,
    foreign key (school_id, account_id) references account (school_id, id) on delete cascade
  );
  create index mailbox_right_account on mailbox_right (school_id, account_id);

  -- RFC 5464: of a mailbox, or of an account where that is null; shared by all who see it where account_id is null.
  create table annotation (
    school_id integer not null references school (id),
    id bigint generated always as identity,
    account_id bigint,
    mailbox_id bigint,
    name text not null,
    value bytea not null,
    primary key (school_id, id),
    unique nulls not distinct (school_id, account_id, mailbox_id, name),
    foreign key (school_id, account_id) references account (school_id, id) on delete cascade,
    foreign key (school_id, mailbox_id) references mailbox (school_id, id) on delete cascade
  );
`;

const tenantPolicies = sql`
  do $$
  declare t text;
  begin
    foreach t in array array['expunged', 'gone_subscription', 'mailbox_right', 'annotation'] loop
      execute format('alter table %I enable row level security', t);
      execute format('alter table %I force row level security', t);
      execute format(
        'create policy tenant on %I using (school_id = nullif(current_setting(''preau.school'', true), '''')::integer) with check (school_id = nullif(current_setting(''preau.school'', true), '''')::integer)', t);
    end loop;
  end $$;
`;

/**
 * Under row-level security an index is only asked with operators that are known not to tell of rows that the policy hides.
 * Matching words against a tsvector raises no error that depends on them, but PostgreSQL doesn't say so by itself. Only a
 * superuser may; elsewhere SEARCH TEXT is as right, and slow (core/decisions: how SEARCH reads a text).
 */
const searchUnderPolicies = sql`
  do $$
  begin
    alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof;
  exception when insufficient_privilege then
    raise notice 'ts_match_vq stays as it is: SEARCH TEXT will not use its index';
  end $$;
`;
