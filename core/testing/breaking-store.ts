/**
 * A store whose connection is cut, by the server itself, right after the n-th statement of a test's
 * choice.
 */
import type { KyselyPlugin } from 'kysely';
import type pg from 'pg';
import type { SchoolTx, Store, TownTx } from '../store/store.ts';

export interface BreakingStore {
  readonly store: Store;
  hasBroken(): boolean;
  /**
   * Statements seen, the COMMIT of each transaction that writes among them: round trips to the
   * server. Its BEGIN and its school go out with the first.
   */
  roundTrips(): number;
}

/** Cuts after statement number `cutAfter`; 0 never does, and only counts. */
export function breakingStore(store: Store, admin: pg.Client, cutAfter: number): BreakingStore {
  let statements = 0;
  let broken = false;
  let others = 0;
  const begun = <T>(run: () => Promise<T>): Promise<T> => {
    others += 1;
    return run();
  };
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      statements += 1;
      if (statements !== cutAfter) return result;
      broken = true;
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename <> current_user and state like 'idle in transaction%'`,
      );
      return result;
    },
  };
  const watched = (tx: SchoolTx): SchoolTx => ({ ...tx, db: tx.db.withPlugin(plugin) });
  const watchedTown = (tx: TownTx): TownTx => ({
    db: tx.db.withPlugin(plugin),
    in: async (school) => watched(await tx.in(school)),
    asOf: tx.asOf,
  });
  return {
    store: {
      ...store,
      read: (school, fn) => store.read(school, (tx) => fn(watched(tx))),
      readMoment: (school, fn) => store.readMoment(school, (tx) => fn(watched(tx))),
      write: (school, fn) => begun(() => store.write(school, (tx) => fn(watched(tx)))),
      town: (fn) => begun(() => store.town((tx) => fn(watchedTown(tx)))),
      delivery: (fn) => begun(() => store.delivery((tx) => fn(watchedTown(tx)))),
      readTown: (fn) => store.readTown((tx) => fn(watchedTown(tx))),
    },
    hasBroken: () => broken,
    roundTrips: () => statements + others,
  };
}
