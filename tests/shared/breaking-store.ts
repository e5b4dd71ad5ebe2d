/**
 * A store whose connection is cut, by the server itself, right after the n-th statement of a test's
 * choice.
 */
import type pg from 'pg';
import type { Store } from '../../core/store/store.ts';
import { watchedStore } from './watched-store.ts';

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
  let commits = 0;
  return {
    store: watchedStore(store, {
      async statement() {
        statements += 1;
        if (statements !== cutAfter) return;
        broken = true;
        await admin.query(
          `
            select pg_terminate_backend(pid)
            from pg_stat_activity
            where datname = current_database()
              and usename <> current_user
              and state like 'idle in transaction%'
          `,
        );
      },
      writes: () => {
        commits += 1;
      },
    }),
    hasBroken: () => broken,
    roundTrips: () => statements + commits,
  };
}
