import { sql, type Kysely } from 'kysely';

/**
 * The journals in chains that show what was changed by hand (decision 90), a chain a school; that
 * of the town, 0, has what agents did. Running code writes journals as before: the rows join their
 * chain by themselves. Rows that are there join it as they are.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [TABLE, POLICY, ...FUNCTIONS, WHAT_IS_THERE, ...TRIGGERS, REMOVED_SCHOOLS])
    await step.execute(db);
}

const TABLE = sql`
  create table chain_link (
    school_id integer not null references school,
    n bigint not null,
    at timestamptz not null,
    kind text not null check (kind in ('audit', 'agent_act')),
    row_id bigint not null,
    salt bytea,
    digest bytea not null,
    hash bytea not null,
    primary key (school_id, n),
    unique (school_id, kind, row_id)
  );
  create index chain_link_by_time on chain_link (school_id, at) where salt is not null;
  comment on table chain_link is 'Row n of a school''s chain: which row of which journal, and what it is held to.';
  comment on column chain_link.salt is 'Null: erased, and the row with it; nobody can guess it from its digest any more.';
  comment on column chain_link.digest is 'Of the salt and the row.';
  comment on column chain_link.hash is 'Of the hash before it, the digest, n and at.'
`;

const POLICY = sql`
  alter table chain_link enable row level security;
  alter table chain_link force row level security;
  create policy tenant on chain_link
    using (school_id = nullif(current_setting('preau.school', true), '')::integer)
    with check (school_id = nullif(current_setting('preau.school', true), '')::integer)
`;

const FUNCTIONS = [
  // What of a row is chained. A moment is a number, since its text would hang on a time zone.
  sql`
    create function chained(journal audit) returns jsonb language sql immutable as $$
      select jsonb_build_object('kind', 'audit', 'school', journal.school_id, 'id', journal.id,
        'at', extract(epoch from journal.at), 'actor', journal.actor_address_id,
        'act', journal.act, 'subject', journal.subject)
    $$
  `,
  sql`
    create function chained(journal agent_act) returns jsonb language sql immutable as $$
      select jsonb_build_object('kind', 'agent_act', 'school', journal.school_id, 'id', journal.id,
        'at', extract(epoch from journal.at), 'agent', journal.agent_address_id,
        'act', journal.act, 'reason', journal.reason)
    $$
  `,
  sql`
    create function chain_digest(salt bytea, content jsonb) returns bytea language sql immutable
    as $$
      select sha256(salt || convert_to(content::text, 'UTF8'))
    $$
  `,
  sql`
    create function chain_hash(before bytea, digest bytea, n bigint, at timestamptz) returns bytea
    language sql immutable as $$
      select sha256(coalesce(before, '') || digest || int8send(n)
        || int8send((extract(epoch from at) * 1000000)::bigint))
    $$
  `,
  // The chain is locked by then, or nobody else is there.
  sql`
    create function link_to_chain(
      chain integer, kind text, row_id bigint, content jsonb, at timestamptz
    ) returns void language plpgsql as $$
    declare
      before record;
      next bigint;
      salt constant bytea := uuid_send(gen_random_uuid());
      digest constant bytea := chain_digest(salt, content);
    begin
      select l.n, l.hash into before from chain_link l where l.school_id = chain
        order by l.n desc limit 1;
      next := coalesce(before.n, 0) + 1;
      insert into chain_link (school_id, n, at, kind, row_id, salt, digest, hash)
      values (chain, next, at, kind, row_id, salt, digest,
        chain_hash(before.hash, digest, next, at));
    end $$
  `,
  // Which chains this transaction will lock; its commit does so in the order of their numbers, so
  // that two of them never wait for each other.
  sql`
    create function will_join_chain() returns trigger language plpgsql as $$
    declare
      chain constant text := case tg_argv[0] when 'town' then '0' else new.school_id::text end;
      chains constant text[] :=
        string_to_array(nullif(current_setting('preau.chains', true), ''), ',');
    begin
      if chain = any(chains) then return new; end if;
      perform set_config('preau.chains', array_to_string(chains || chain, ','), true);
      return new;
    end $$
  `,
  // At the commit: a chain is locked no longer than that takes. The school is that of the chain
  // meanwhile, whatever the transaction saw last.
  sql`
    create function join_chain() returns trigger language plpgsql as $$
    declare
      chain constant integer := case tg_argv[0] when 'town' then 0 else new.school_id end;
      entered constant text := current_setting('preau.school', true);
      content jsonb;
    begin
      perform pg_advisory_xact_lock(7326002, c.chain) from (
        select unnest(string_to_array(current_setting('preau.chains'), ','))::integer as chain
        order by 1
      ) c;
      perform set_config('preau.school', chain::text, true);
      execute 'select chained($1)' into content using new;
      perform link_to_chain(chain, tg_table_name, new.id, content, clock_timestamp());
      perform set_config('preau.school', coalesce(entered, ''), true);
      return null;
    end $$
  `,
];

const WHAT_IS_THERE = sql`
  do $$
  declare
    one record;
    journal record;
  begin
    for one in select id from school order by id loop
      perform set_config('preau.school', one.id::text, true);
      for journal in
        select id, at, chained(a) as content from audit a where school_id = one.id order by id
      loop
        perform link_to_chain(one.id, 'audit', journal.id, journal.content, journal.at);
      end loop;
    end loop;
    perform set_config('preau.school', '0', true);
    for journal in select id, at, chained(a) as content from agent_act a order by id loop
      perform link_to_chain(0, 'agent_act', journal.id, journal.content, journal.at);
    end loop;
    perform set_config('preau.school', '', true);
  end $$
`;

const TRIGGERS = [
  { table: 'audit', of: 'school' },
  { table: 'agent_act', of: 'town' },
].flatMap(({ table, of }) => [
  sql`
    create trigger will_join_chain before insert on ${sql.table(table)}
      for each row execute function will_join_chain(${sql.lit(of)})
  `,
  sql`
    create constraint trigger join_chain after insert on ${sql.table(table)}
      deferrable initially deferred for each row execute function join_chain(${sql.lit(of)})
  `,
]);

/** A school that is removed stays named by its number: the row is held to it. */
const REMOVED_SCHOOLS = sql`alter table agent_act drop constraint agent_act_school_id_fkey`;
