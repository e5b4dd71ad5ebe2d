/** A store whose connection is cut, by the server itself, right after the n-th statement of a test's choice. */
import type { KyselyPlugin } from 'kysely';
import type pg from 'pg';
import type { SchoolTx, Store, TownTx } from '../store/store.ts';

export interface BreakingStore {
  readonly store: Store;
  hasBroken(): boolean;
  /** Statements seen, the BEGIN, COMMIT and school of each transaction among them: round trips to the server. */
  roundTrips(): number;
}

/** Cuts after statement number `cutAfter`; 0 never does, and only counts. */
export function breakingStore(store: Store, admin: pg.Client, cutAfter: number): BreakingStore {
  let statements = 0;
  let broken = false;
  let others = 0;
  const begun = <T>(count: number, run: () => Promise<T>): Promise<T> => {
    others += count;
    return run();
  };
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      statements += 1;
      if (statements !== cutAfter) return result;
      broken = true;
      await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename <> current_user and state like 'idle in transaction%'`);
      return result;
    },
  };
  const watched = (tx: SchoolTx): SchoolTx => ({ ...tx, db: tx.db.withPlugin(plugin) });
  const watchedTown = (tx: TownTx): TownTx => {
    let entered: number | null = null;
    return {
      db: tx.db.withPlugin(plugin),
      async in(school) {
        if (entered !== school) others += 1;
        entered = school;
        return watched(await tx.in(school));
      },
      async inAsOf(school, schools) {
        others += 1;
        entered = school;
        const { tx: inside, versions } = await tx.inAsOf(school, schools);
        return { tx: watched(inside), versions };
      },
    };
  };
  return {
    store: {
      ...store,
      read: (school, fn) => begun(3, () => store.read(school, (tx) => fn(watched(tx)))),
      write: (school, fn) => begun(3, () => store.write(school, (tx) => fn(watched(tx)))),
      town: (fn) => begun(2, () => store.town((tx) => fn(watchedTown(tx)))),
    },
    hasBroken: () => broken,
    roundTrips: () => statements + others,
  };
}
