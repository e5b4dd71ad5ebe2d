import type { CupboardId, SchoolId } from '../../ground/ids.ts';
import { MINUTE_MS } from '../../ground/spans.ts';
import { lyingIn } from '../../store/cupboard/cupboards.ts';
import type { SchoolTx } from '../../store/store.ts';

/** Of fewer files it is summed each time: that costs next to nothing. */
const FEW_FILES = 1_000;
const KEPT_MS = MINUTE_MS / 2;
/** Cupboards of so many files; a town has some hundreds at most. */
const MOST_KEPT = 1_000;

/** How full cupboards are, as their pages say it; what decides whether a file fits sums anew. */
export interface Fills {
  bytesIn(tx: SchoolTx, cupboard: CupboardId): Promise<number>;
  /** Something of a school was put, thrown away or moved here. */
  forget(school: SchoolId): void;
}

/**
 * A sum over twenty thousand rows is most of what a teacher's page would cost. It is kept for half
 * a minute, and for less where this process changes something of the school.
 */
export function openFills(clock: () => Date): Fills {
  const kept = new Map<string, { readonly bytes: number; readonly until: number }>();
  return {
    async bytesIn(tx, cupboard) {
      const key = `${tx.school}.${cupboard}`;
      const now = clock().getTime();
      const known = kept.get(key);
      // A clock that went back knows nothing of what is kept until later than half a minute.
      if (known !== undefined && known.until > now && known.until <= now + KEPT_MS)
        return known.bytes;
      const { files, bytes } = await lyingIn(tx, cupboard);
      if (files < FEW_FILES) return bytes;
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, { bytes, until: now + KEPT_MS });
      return bytes;
    },
    forget(school) {
      for (const key of kept.keys()) if (key.startsWith(`${school}.`)) kept.delete(key);
    },
  };
}
