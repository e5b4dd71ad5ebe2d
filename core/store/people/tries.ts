import { sql } from 'kysely';
import type { TownTx } from '../store.ts';

/**
 * So many wrong tries cost nothing; then waiting doubles, up to `mostSeconds`, and never locks for
 * longer.
 */
export interface TryLimits {
  readonly free: number;
  readonly mostSeconds: number;
}

type Try =
  | {
      readonly kind: 'go';
      /** This one included, since the last quiet hour. */
      readonly tries: number;
    }
  | { readonly kind: 'wait'; readonly seconds: number };

/**
 * Takes one try, counted before anything is looked at: of a hundred at the same moment the database
 * lets them pass one by one. A right answer gives it back. Forgotten after a quiet hour. Who
 * needn't wait gets a moment long past, and not this one: a try that began earlier may be counted
 * later.
 */
export async function takeTry(
  tx: TownTx,
  key: Buffer,
  { free, mostSeconds, now }: TryLimits & { readonly now: Date },
): Promise<Try> {
  const {
    rows: [taken],
  } = await sql<{ failures: number }>`
    insert into throttle as t (key, failures, blocked_until, updated_at)
    values (${key}, 1, ${now}::timestamptz - interval '1 hour', ${now})
    on conflict (key) do update
    set failures = case when t.updated_at < ${now}::timestamptz - interval '1 hour' then 1
        else least(t.failures + 1, 1000)
      end,
      blocked_until = case when t.updated_at < ${now}::timestamptz - interval '1 hour'
        or t.failures + 1 <= ${free} then ${now}::timestamptz - interval '1 hour'
        else ${now}::timestamptz + make_interval(secs => least(${mostSeconds}, power(2,
          least(t.failures + 1 - ${free}, 20))))
      end,
      updated_at = ${now}
    where t.blocked_until <= ${now}
    returning failures
  `.execute(tx.kept);
  if (taken) return { kind: 'go', tries: taken.failures };
  const row = await tx.kept
    .selectFrom('throttle')
    .select('blocked_until')
    .where('key', '=', key)
    .executeTakeFirst();
  return {
    kind: 'wait',
    seconds: Math.max(1, Math.ceil(((row?.blocked_until.getTime() ?? 0) - now.getTime()) / 1_000)),
  };
}

/** Gives one try back, where the answer was right but others' wrong ones must stay counted. */
export async function giveTryBack(tx: TownTx, key: Buffer): Promise<void> {
  await sql`
    update throttle
    set failures = greatest(failures - 1, 0), blocked_until = updated_at - interval '1 hour'
    where key = ${key}
  `.execute(tx.kept);
}

export async function forgetTries(tx: TownTx, key: Buffer): Promise<void> {
  await tx.kept.deleteFrom('throttle').where('key', '=', key).execute();
}
