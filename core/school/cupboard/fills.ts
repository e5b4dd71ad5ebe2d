import { giveWay } from '../../ground/giving-way.ts';
import type { CupboardId, CupboardItemId, SchoolId } from '../../ground/ids.ts';
import { MINUTE_MS } from '../../ground/spans.ts';
import { lyingIn } from '../../store/cupboard/cupboards.ts';
import { filesIn, type ItemSpot, type Sight } from '../../store/cupboard/items.ts';
import type { SchoolTx } from '../../store/store.ts';
import type { CupboardParts } from './parts.ts';

/** Of fewer files it is summed each time: that costs next to nothing. */
const FEW_FILES = 1_000;
const KEPT_MS = MINUTE_MS / 2;
/** What was kept so much longer is said once more while it is counted anew: nobody waits for it. */
const SAID_MS = MINUTE_MS;
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
export function openFills({ clock, store }: Pick<CupboardParts, 'clock' | 'store'>): Fills {
  const bytes = openKept<number>(clock, store);
  const counts = openKept<FolderCounts>(clock, store);
  return {
    bytesIn: (tx, cupboard) =>
      bytes.of(tx, `${tx.school}.${cupboard}`, async (now) => {
        const found = await lyingIn(now, cupboard);
        return { value: found.bytes, files: found.files };
      }),
    async countsIn(tx, spot, { sees, author }) {
      const key = `${tx.school}.${spot.cupboard}.${spot.path.at(-1) ?? 0}`;
      const counted = (whose: 'all' | 'author', passed: number) => async (now: SchoolTx) => {
        const value = await filesIn(now, spot, { sees, author, whose });
        return { value, files: passed + sumOf(value) };
      };
      const all = await counts.of(tx, `${key}.${sees.join()}`, counted('all', 0));
      // Who has put all of them there passes all of them to see what is theirs alone.
      const own = await counts.of(
        tx,
        `${key}.${sees.join()}.${author}`,
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

interface Counted<Value> {
  readonly value: Value;
  /** Of so many it was made. */
  readonly files: number;
}

interface KeptValue<Value> {
  readonly value: Value;
  readonly until: number;
  /** Somebody counts it anew already. */
  isAsked: boolean;
}

/** Values that are kept for half a minute where they are made of many files. */
function openKept<Value>(clock: () => Date, store: CupboardParts['store']) {
  const kept = new Map<string, KeptValue<Value>>();
  let forgotten = 0;
  const keep = (key: string, { value, files }: Counted<Value>): void => {
    if (kept.size >= MOST_KEPT) kept.clear();
    if (files < FEW_FILES) kept.delete(key);
    else kept.set(key, { value, until: clock().getTime() + KEPT_MS, isAsked: false });
  };
  return {
    async of(
      tx: SchoolTx,
      key: string,
      ask: (tx: SchoolTx) => Promise<Counted<Value>>,
    ): Promise<Value> {
      const now = clock().getTime();
      const known = kept.get(key);
      // A clock that went back knows nothing of what is kept until later than half a minute.
      const isKnown = known !== undefined && known.until <= now + KEPT_MS;
      if (isKnown && known.until > now) return known.value;
      if (!isKnown || known.until + SAID_MS <= now) {
        const before = forgotten;
        const counted = await ask(tx);
        // What something was done to meanwhile is counted by whoever looks next.
        if (forgotten === before) keep(key, counted);
        return counted.value;
      }
      if (!known.isAsked) {
        known.isAsked = true;
        void giveWay()
          .then(() => store.read(tx.school, ask))
          // The same here, where it isn't what was known any more.
          .then((counted) => kept.get(key) === known && keep(key, counted))
          .catch(() => kept.delete(key));
      }
      return known.value;
    },
    forget(beginning: string): void {
      forgotten += 1;
      for (const key of kept.keys()) if (key.startsWith(beginning)) kept.delete(key);
    },
  };
}
