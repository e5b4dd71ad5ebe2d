import type { CupboardId, CupboardItemId, SchoolId } from '../../ground/ids.ts';
import { MINUTE_MS } from '../../ground/spans.ts';
import { lyingIn } from '../../store/cupboard/cupboards.ts';
import { filesIn, type ItemSpot, type Sight } from '../../store/cupboard/items.ts';
import type { SchoolTx } from '../../store/store.ts';

/** Of fewer files it is summed each time: that costs next to nothing. */
const FEW_FILES = 1_000;
const KEPT_MS = MINUTE_MS / 2;
/** Cupboards of so many files; a town has some hundreds at most. */
const MOST_KEPT = 1_000;

/** How many files lie in each folder of a spot, at any depth. */
type FolderCounts = ReadonlyMap<CupboardItemId, number>;

/**
 * How full cupboards are and how many files lie in folders, as pages say it; what decides whether a
 * file fits sums anew.
 */
export interface Fills {
  bytesIn(tx: SchoolTx, cupboard: CupboardId): Promise<number>;
  /** Of the files that somebody sees. */
  countsIn(tx: SchoolTx, spot: ItemSpot, by: Sight): Promise<FolderCounts>;
  /** Something of a school was put, thrown away, moved or shown here. */
  forget(school: SchoolId): void;
}

/**
 * A sum over twenty thousand rows is most of what a page would cost. It is kept for half a minute,
 * and for less where this process changes something of the school. What all see who stand there is
 * counted once for all of them; what they alone see of their own, by an index of its author.
 */
export function openFills(clock: () => Date): Fills {
  const bytes = openKept<number>(clock);
  const counts = openKept<FolderCounts>(clock);
  return {
    bytesIn: (tx, cupboard) =>
      bytes.of(`${tx.school}.${cupboard}`, async () => {
        const found = await lyingIn(tx, cupboard);
        return { value: found.bytes, files: found.files };
      }),
    async countsIn(tx, spot, { sees, author }) {
      const key = `${tx.school}.${spot.cupboard}.${spot.path.at(-1) ?? 0}`;
      const counted = async (whose: 'all' | 'author', passed: number) => {
        const value = await filesIn(tx, spot, { sees, author, whose });
        return { value, files: passed + sumOf(value) };
      };
      const all = await counts.of(`${key}.${sees.join()}`, () => counted('all', 0));
      // Who has put all of them there passes all of them to see what is theirs alone.
      const own = await counts.of(`${key}.${sees.join()}.${author}`, () =>
        counted('author', sumOf(all)),
      );
      const both = new Map(all);
      for (const [id, count] of own) both.set(id, (both.get(id) ?? 0) + count);
      return both;
    },
    forget(school) {
      for (const each of [bytes, counts]) each.forget(`${school}.`);
    },
  };
}

const sumOf = (counts: FolderCounts): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** Values that are kept for half a minute where they are made of many files. */
function openKept<Value>(clock: () => Date) {
  const kept = new Map<string, { readonly value: Value; readonly until: number }>();
  return {
    async of(
      key: string,
      ask: () => Promise<{ readonly value: Value; readonly files: number }>,
    ): Promise<Value> {
      const now = clock().getTime();
      const known = kept.get(key);
      // A clock that went back knows nothing of what is kept until later than half a minute.
      if (known !== undefined && known.until > now && known.until <= now + KEPT_MS)
        return known.value;
      const { value, files } = await ask();
      if (files < FEW_FILES) return value;
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, { value, until: now + KEPT_MS });
      return value;
    },
    forget(beginning: string): void {
      for (const key of kept.keys()) if (key.startsWith(beginning)) kept.delete(key);
    },
  };
}
