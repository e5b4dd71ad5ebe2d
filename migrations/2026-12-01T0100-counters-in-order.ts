import { sql, type Kysely } from 'kysely';

/**
 * The counters of a try are locked from what is one account's to what is shared: account, place,
 * network. By their keys they were not: a place that was forgotten and counted anew in between had
 * not been locked with its account, and two right sign-ins of one account at the same moment could
 * wait for each other. Running code locks by the keys until it is replaced.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function take_sign_in(account bytea, place bytea, network bytea, service bytea, known bytea, is_known boolean, limits jsonb, at timestamptz)
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
          -- Whoever holds the account's counter has its places to themselves: they are touched by nobody else.
          insert into throttle (key, failures, blocked_until, updated_at) values (account, 0, at - interval '1 hour', at) on conflict do nothing;
          perform from throttle where key = account for update;
          insert into throttle (key, failures, blocked_until, updated_at) values (place, 0, at - interval '1 hour', at) on conflict do nothing;
          if holds then
            perform from throttle where key = network for update;
          end if;
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
      update throttle set failures = least(tries, 1000), updated_at = at,
        blocked_until = throttle_until(tries, (limits->>'placeFree')::float8, (limits->>'placeMost')::float8, at) where key = place;
      if holds then
        update throttle set failures = spent, updated_at = at, blocked_until = throttle_until(spent, free, (limits->>'networkMost')::float8, at)
          where key = network;
      end if;
      return next;
    end $$
  `.execute(db);
}
