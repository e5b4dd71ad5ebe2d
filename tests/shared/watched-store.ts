/** A store that tells a test of everything that is asked of it. */
import type { KyselyPlugin } from 'kysely';
import type {
  SchoolTx,
  SchoolWriteTx,
  Store,
  TownTx,
  TownWriteTx,
} from '../../core/store/store.ts';
import type { StatementLine } from '../../core/store/writing.ts';

interface Watching {
  /** After each statement, with how many rows it gave; before the next one begins. */
  statement(rows: number): Promise<void>;
  /** Before a transaction that writes: its COMMIT is waited for. */
  writes(): void;
}

/** The same store, watched. */
export function watchedStore(store: Store, { statement, writes }: Watching): Store {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      await statement(result.rows.length);
      return result;
    },
  };
  const begun = <T>(run: () => Promise<T>): Promise<T> => {
    writes();
    return run();
  };
  /** What goes ahead costs no round trip, and isn't told of. */
  const watchedLine = (line: StatementLine): StatementLine => ({
    ahead: (query) => line.ahead(query),
    askAhead: (query) => line.askAhead(query),
    async last(query) {
      const rows = await line.last(query);
      await statement(rows.length);
      return rows;
    },
  });
  const watched = (tx: SchoolTx): SchoolTx => ({
    ...tx,
    db: tx.db.withPlugin(plugin),
    kept: tx.kept.withPlugin(plugin),
  });
  const watchedWrite = (tx: SchoolWriteTx): SchoolWriteTx => ({
    ...watched(tx),
    line: watchedLine(tx.line),
  });
  const watchedTown = (tx: TownTx): TownTx => ({
    db: tx.db.withPlugin(plugin),
    kept: tx.kept.withPlugin(plugin),
    in: async (school) => watched(await tx.in(school)),
  });
  const watchedTownWrite = (tx: TownWriteTx): TownWriteTx => ({
    db: tx.db.withPlugin(plugin),
    kept: tx.kept.withPlugin(plugin),
    line: watchedLine(tx.line),
    in: async (school) => watchedWrite(await tx.in(school)),
    asOf: tx.asOf,
  });
  return {
    ...store,
    read: (school, fn) => store.read(school, (tx) => fn(watched(tx))),
    readAside: (school, fn) => store.readAside(school, (tx) => fn({ ...tx, ...watched(tx) })),
    readMoment: (school, fn) => store.readMoment(school, (tx) => fn(watched(tx))),
    write: (school, fn) => begun(() => store.write(school, (tx) => fn(watchedWrite(tx)))),
    town: (fn) => begun(() => store.town((tx) => fn(watchedTownWrite(tx)))),
    delivery: (fn) => begun(() => store.delivery((tx) => fn(watchedTownWrite(tx)))),
    readTown: (fn) => store.readTown((tx) => fn(watchedTown(tx))),
  };
}
