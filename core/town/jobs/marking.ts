import type { SchoolId } from '../../ground/ids.ts';
import { markSentAtLast, type PeerAnswer } from '../../store/mail/outbox.ts';
import type { Store } from '../../store/store.ts';
import type { RowName } from './sent-journal.ts';

/** Writes down what peers have taken, rows of one moment in one commit. */
export interface OutboxMarker {
  /**
   * Resolves once it is committed that the peer has the row, with its reply; false where it was
   * marked before, or its school has no such row. Throws a `Fault` where the database is away.
   */
  sent(name: RowName, reply: string): Promise<boolean>;
}

/** Rows whose peers have answered while others were being written down, and who waits for them. */
interface Gathered {
  readonly rows: Map<SchoolId, PeerAnswer[]>;
  /** The ids of those that are marked by now and weren't before: ids are given once in a town. */
  readonly written: PromiseWithResolvers<ReadonlySet<number>>;
}

/**
 * Opens the marking of this process. While one commit is on its way, what peers answer gathers for
 * the next.
 */
export function openMarking(store: Pick<Store, 'write'>): OutboxMarker {
  let gathered: Gathered | null = null;
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (gathered !== null) {
      const { rows, written }: Gathered = gathered;
      gathered = null;
      const writes = [...rows].map(([school, answered]) =>
        store.write(school, (tx) => markSentAtLast(tx, answered)),
      );
      await Promise.all(writes).then((ids) => written.resolve(new Set(ids.flat())), written.reject);
    }
    isWriting = false;
  }

  return {
    sent({ school, row: id }, reply) {
      gathered ??= { rows: new Map(), written: Promise.withResolvers() };
      const { rows, written } = gathered;
      rows.set(school, [...(rows.get(school) ?? []), { id, reply }]);
      if (!isWriting) void writeAll();
      return written.promise.then((marked) => marked.has(id));
    },
  };
}
