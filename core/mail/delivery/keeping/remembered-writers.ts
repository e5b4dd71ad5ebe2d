import type { AccountId } from '../../../ground/ids.ts';
import type { Writer } from '../../../store/mail/known-writers.ts';

/** So many readers are remembered, of all writers together: some 20 MB. */
const MOST_READERS = 200_000;

/**
 * Who has had a letter of somebody who isn't of their school, as far as this process has stored
 * one. Nobody who is no stranger becomes one again, so that a letter to a thousand who know its
 * writer asks the database of none of them (a seventh of what storing it costs).
 */
export class RememberedWriters {
  readonly #readersOf = new Map<string, Set<AccountId>>();
  #count = 0;

  /** Those of these readers of whom it isn't known here. */
  unknownTo(writer: Writer, readers: readonly AccountId[]): readonly AccountId[] {
    const known = this.#readersOf.get(writer.toString('hex'));
    return known === undefined ? readers : readers.filter((reader) => !known.has(reader));
  }

  /** To be called once it is committed. */
  remember(writer: Writer, readers: readonly AccountId[]): void {
    const key = writer.toString('hex');
    const known = this.#readersOf.get(key) ?? new Set<AccountId>();
    const before = known.size;
    for (const reader of readers) known.add(reader);
    this.#count += known.size - before;
    if (this.#count > MOST_READERS) {
      this.#readersOf.clear();
      this.#count = 0;
      return;
    }
    this.#readersOf.set(key, known);
  }
}
