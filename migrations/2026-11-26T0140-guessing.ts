import { sql, type Kysely } from 'kysely';

/**
 * Counters of wrong sign-ins that drain little by little, hence fractions; places from which an
 * account signed in well, as a keyed hash of both, which names neither. Running code goes on with
 * the counters; what starts anew must know `known_place`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table throttle alter column failures type double precision;
    -- When somebody was last told that this counter ran over.
    alter table throttle add column told_at timestamptz;
    create index throttle_updated on throttle (updated_at);

    create table known_place (key bytea primary key, seen_at timestamptz not null);
    create index known_place_seen on known_place (seen_at);
  `.execute(db);
  await COUNTING.execute(db);
  await TAKING.execute(db);
}

const COUNTING = sql`
  -- What is left of a counter at a moment: it drains by so much a second, and is empty after a quiet hour.
  create function throttle_left(failures double precision, updated_at timestamptz, drain double precision, at timestamptz)
  returns double precision language sql immutable as $$
    select case when updated_at is null or updated_at < at - interval '1 hour' then 0
      else greatest(0, failures - drain * extract(epoch from at - updated_at)) end
  $$;

  -- Until when a counter that has come to some height makes wait: not at all up to "free", then doubling. Who needn't wait gets a
  -- moment long past, and not this one: a try that began a little earlier may be counted a little later.
  create function throttle_until(height double precision, free double precision, most double precision, at timestamptz)
  returns timestamptz language sql immutable as $$
    select case when height <= free then at - interval '1 hour' else at + make_interval(secs => least(most, power(2, least(height - free, 20)))) end
  $$;

  -- Adds to one counter, never above "free" and ten: who stopped isn't kept waiting for long. "told" is true once an hour, where
  -- it is over. A cost below nothing takes away, and shortens no wait.
  create function throttle_add(counter bytea, cost double precision, free double precision, drain double precision, most double precision, at timestamptz)
  returns table (height double precision, told boolean) language plpgsql as $$
  declare
    was throttle;
  begin
    perform set_config('synchronous_commit', 'off', true);
    insert into throttle (key, failures, blocked_until, updated_at) values (counter, 0, at - interval '1 hour', at) on conflict do nothing;
    select * into was from throttle where key = counter for update;
    height := greatest(0, least(throttle_left(was.failures, was.updated_at, drain, at) + cost, free + 10));
    told := cost > 0 and height > free and (was.told_at is null or was.told_at < at - interval '1 hour');
    update throttle set failures = height, updated_at = at,
      blocked_until = case when cost > 0 then greatest(was.blocked_until, throttle_until(height, free, most, at)) else was.blocked_until end,
      told_at = case when told then at else was.told_at end where key = counter;
    return next;
  end $$;
`;

const TAKING = sql`
  -- One try, taken or not, before any password is looked at. Of many at the same moment the rows let one after the other pass;
  -- of a network that is over what is free to it, one at a time goes ("holds"). Whoever must wait changes nothing. From a place
  -- that the account knows a try may go where others wait: then "seconds" says what the others are told, and only the place's
  -- counter counts it.
  create function take_sign_in(account bytea, place bytea, network bytea, service bytea, known bytea, is_known boolean, limits jsonb, at timestamptz)
  returns table (may boolean, seconds double precision, why text, tries double precision, holds boolean) language plpgsql as $$
  declare
    a throttle; p throttle; n throttle; s throttle;
    spent double precision;
    free double precision;
    is_guarded boolean;
  begin
    perform set_config('synchronous_commit', 'off', true);
    is_known := is_known or exists (select from known_place k where k.key = known and k.seen_at > at - (limits->>'knownDays')::integer * interval '1 day');
    select * into s from throttle where key = service;
    is_guarded := throttle_left(s.failures, s.updated_at, (limits->>'serviceDrain')::float8, at) > (limits->>'serviceFree')::float8;
    free := (case when is_guarded then limits->>'networkGuarded' else limits->>'networkFree' end)::float8;
    holds := false;
    for attempt in 1 .. 2 loop
      if attempt = 2 then
        insert into throttle (key, failures, blocked_until, updated_at)
          select k, 0, at - interval '1 hour', at from unnest(array[account, place]) k order by k on conflict do nothing;
        perform from throttle where key = any(case when holds then array[account, place, network] else array[account, place] end) order by key for update;
      end if;
      select * into a from throttle where key = account;
      select * into p from throttle where key = place;
      select * into n from throttle where key = network;
      spent := throttle_left(n.failures, n.updated_at, (limits->>'networkDrain')::float8, at);
      select w.wait, w.reason into seconds, why from (values
        (extract(epoch from a.blocked_until - at), 'account'),
        (extract(epoch from n.blocked_until - at), 'network'),
        (case when is_guarded and spent > free then extract(epoch from n.updated_at - at) + (limits->>'networkMost')::float8 end, 'whole')
      ) w (wait, reason) where w.wait > 0 order by w.wait desc limit 1;
      seconds := coalesce(seconds, 0);
      may := seconds = 0 or (is_known and (p.key is null or p.blocked_until <= at));
      holds := seconds = 0 and coalesce(spent > free, false);
      tries := throttle_left(p.failures, p.updated_at, 0, at) + 1;
      if not may then
        return next;
        return;
      end if;
    end loop;
    if seconds = 0 then
      update throttle set failures = h.height, updated_at = at,
        blocked_until = throttle_until(h.height, (limits->>'accountFree')::float8, (limits->>'accountMost')::float8, at)
        from (select least(throttle_left(a.failures, a.updated_at, 0, at) + 1, 1000) as height) h where key = account;
    end if;
    if holds then
      update throttle set failures = spent, updated_at = at, blocked_until = throttle_until(spent, free, (limits->>'networkMost')::float8, at)
        where key = network;
    end if;
    update throttle set failures = least(tries, 1000), updated_at = at,
      blocked_until = throttle_until(tries, (limits->>'placeFree')::float8, (limits->>'placeMost')::float8, at) where key = place;
    return next;
  end $$;
`;
