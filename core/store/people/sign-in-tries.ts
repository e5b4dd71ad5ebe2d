import { sql } from 'kysely';
import { compiledOnce } from '../compiled-once.ts';
import type { TownTx, TownWriteTx } from '../store.ts';

/** A counter that drains: so much over `free` makes wait, doubling, `mostSeconds` at the most. */
export interface DrainingCounter {
  readonly free: number;
  readonly perSecond: number;
  readonly mostSeconds: number;
}

/** The counters of one try, each a keyed hash; null: this way in has none of that kind. */
export interface SignInKeys {
  readonly account: Buffer;
  /** The account at one place: a network, or a device that it knows. */
  readonly place: Buffer;
  readonly network: Buffer | null;
  readonly service: Buffer;
  /** Under which a good sign-in from this place is remembered. */
  readonly known: Buffer | null;
}

export interface SignInLimits {
  readonly account: { readonly free: number; readonly mostSeconds: number };
  readonly place: { readonly free: number; readonly mostSeconds: number };
  readonly network: DrainingCounter;
  /** What is free to a network while the whole service is over its own. */
  readonly networkGuarded: number;
  readonly service: DrainingCounter;
  readonly knownDays: number;
}

export type SignInTry =
  /** Not to be looked at. */
  | { readonly kind: 'wait'; readonly seconds: number; readonly why: WaitReason }
  /**
   * `tries`: of this account from this place since the last quiet hour, this one included. `holds`:
   * its network is over what is free to it, and nobody else of it goes until this one is found
   * right, or its wait is over.
   */
  | { readonly kind: 'go'; readonly tries: number; readonly holds: boolean }
  /** Others wait here, and so must who is wrong; whoever is right comes in. */
  | {
      readonly kind: 'known';
      readonly tries: number;
      readonly seconds: number;
      readonly why: WaitReason;
    };

export type WaitReason = 'account' | 'network' | 'whole';

type Row = {
  readonly may: boolean;
  readonly seconds: number;
  readonly why: WaitReason | null;
  readonly tries: number;
  readonly holds: boolean;
};

interface CountedTry {
  readonly limits: SignInLimits;
  readonly isKnown: boolean;
  readonly now: Date;
}

/**
 * Takes a try by the account's counter before anything is looked at, unless the account, the
 * network or the whole must wait.
 */
export async function takeSignIn(
  tx: TownTx,
  keys: SignInKeys,
  { limits, isKnown, now }: CountedTry,
): Promise<SignInTry> {
  const numbers = JSON.stringify({
    accountFree: limits.account.free,
    accountMost: limits.account.mostSeconds,
    placeFree: limits.place.free,
    placeMost: limits.place.mostSeconds,
    networkFree: limits.network.free,
    networkDrain: limits.network.perSecond,
    networkMost: limits.network.mostSeconds,
    networkGuarded: limits.networkGuarded,
    serviceFree: limits.service.free,
    serviceDrain: limits.service.perSecond,
    knownDays: limits.knownDays,
  });
  const {
    rows: [row],
  } = await sql<Row>`
    select may, seconds, why, tries, holds
    from take_sign_in(${keys.account}::bytea, ${keys.place}::bytea, ${keys.network}::bytea,
        ${keys.service}::bytea, ${keys.known}::bytea, ${isKnown}::boolean, ${numbers}::jsonb,
        ${now}::timestamptz)
  `.execute(tx.kept);
  if (!row) throw new Error('take_sign_in gave no row');
  if (row.seconds === 0 || row.why === null)
    return { kind: 'go', tries: row.tries, holds: row.holds };
  const waiting = { seconds: Math.ceil(row.seconds), why: row.why };
  return row.may ? { kind: 'known', tries: row.tries, ...waiting } : { kind: 'wait', ...waiting };
}

export interface Addition {
  readonly key: Buffer;
  readonly cost: number;
  readonly limits: DrainingCounter;
}

/**
 * Adds to counters, in this order, which must be the same everywhere; for each, true where somebody
 * must be told that it is over, which is once an hour.
 */
export async function addToCounters(
  tx: TownTx,
  additions: readonly Addition[],
  now: Date,
): Promise<readonly boolean[]> {
  const column = (of: (limits: DrainingCounter) => number) =>
    additions.map(({ limits }) => of(limits));
  const { rows } = await sql<{ told: boolean }>`
    select a.told
    from
      unnest(${additions.map(({ key }) => key)}::bytea[], ${additions.map(({ cost }) => cost)}::float8[], ${column(({ free }) => free)}::float8[], ${column(({ perSecond }) => perSecond)}::float8[], ${column(({ mostSeconds }) => mostSeconds)}::float8[]) with ordinality as c (key, cost, free, drain, most, ordinal),
      lateral throttle_add(c.key, c.cost, c.free, c.drain, c.most, ${now}::timestamptz) a
    order by c.ordinal
  `.execute(tx.kept);
  return rows.map(({ told }) => told);
}

/**
 * A good sign-in: what this place had counted is taken from the account's counter, so that one's
 * own mistakes are forgiven and others' stay. The place is known from now on; true where it wasn't
 * before.
 */
export async function forgiveSignIn(
  tx: TownWriteTx,
  keys: SignInKeys,
  { was, now }: { readonly was: 'go' | 'known'; readonly now: Date },
): Promise<boolean> {
  lockCounters(tx, keys);
  const { rows } = await sql`
    with
      gone as (delete from throttle where key = ${keys.place}::bytea returning failures),
      forgiven as (
        update throttle
        set failures = greatest(0, failures - coalesce((select failures from gone), 1)),
          blocked_until = ${now}::timestamptz - interval '1 hour'
        where key = ${keys.account}::bytea and ${was}::text = 'go'
      )
    insert into known_place as k (key, seen_at)
    select ${keys.known}::bytea, ${now}::timestamptz
    where ${keys.known}::bytea is not null
    on conflict (key) do update
    set seen_at = excluded.seen_at
    where k.seen_at < excluded.seen_at - interval '1 day'
    returning (xmax = 0) as is_new
  `.execute(tx.kept);
  return rows.some(
    (row) => typeof row === 'object' && row !== null && 'is_new' in row && row.is_new === true,
  );
}

/**
 * What was right opens nothing yet, or no longer: the try is given back, and nothing is known by
 * it.
 */
export async function giveSignInBack(
  tx: TownWriteTx,
  keys: SignInKeys,
  { was, now }: { readonly was: 'go' | 'known'; readonly now: Date },
): Promise<void> {
  lockCounters(tx, keys);
  await sql`
    update throttle
    set failures = greatest(0, failures - 1), blocked_until = ${now}::timestamptz - interval '1 hour'
    where key = ${keys.place}::bytea or (key = ${keys.account}::bytea and ${was}::text = 'go')
  `.execute(tx.kept);
}

/**
 * Whoever holds the account's counter has those of its places to themselves, as a try does: two
 * sign-ins of one account at the same moment wait for each other, and never both.
 */
function lockCounters(tx: TownWriteTx, { account }: SignInKeys): void {
  tx.line.ahead(locking({ account }));
}

const locking = compiledOnce<Pick<SignInKeys, 'account'>, unknown>(
  (at) => sql`select from throttle where key = ${at.account}::bytea for update`,
);

/** The try that a network waited for was right: the next may go. */
export async function letNetworkGo(tx: TownTx, network: Buffer, now: Date): Promise<void> {
  await sql`
    update throttle
    set blocked_until = ${now}::timestamptz - interval '1 hour'
    where key = ${network}::bytea
  `.execute(tx.kept);
}

interface SignInSweep {
  readonly knownDays: number;
  readonly most: number;
  readonly now: Date;
}

/**
 * Deletes a good number of counters that have been quiet for long, and of places not seen for so
 * many days. Gives how many.
 */
export async function sweepSignIns(
  tx: TownTx,
  { knownDays, most, now }: SignInSweep,
): Promise<number> {
  const {
    rows: [row],
  } = await sql<{ swept: number }>`
    with
      quiet as (
        delete from throttle
        where key in (
          select key
          from throttle
          where updated_at < ${now}::timestamptz - interval '2 hours'
          order by updated_at
          limit ${most}
          for update skip locked
        )
        returning key
      ),
      unseen as (
        delete from known_place
        where key in (
          select key
          from known_place
          where seen_at < ${now}::timestamptz - ${knownDays}::integer * interval '1 day'
          order by seen_at
          limit ${most}
          for update skip locked
        )
        returning key
      )
    select (select count(*) from quiet) + (select count(*) from unseen) as swept
  `.execute(tx.kept);
  return row?.swept ?? 0;
}
