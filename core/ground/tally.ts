/** What one process has counted of the town's day since it was last asked. */
export interface Counts {
  /** Letters taken in, from inside and outside. */
  readonly letters: number;
  /** For how many recipients they were. */
  readonly handed: number;
  /** Sessions of the pages that were opened. */
  readonly signIns: number;
}

/** Counts in memory: whoever delivers or signs somebody in waits for nothing. */
export interface Tally {
  add(more: Partial<Counts>): void;
  /** What was counted since the last time, which begins anew. */
  take(): Counts;
}

const NONE: Counts = { letters: 0, handed: 0, signIns: 0 };

export function openTally(): Tally {
  let counts = NONE;
  return {
    add({ letters = 0, handed = 0, signIns = 0 }) {
      counts = {
        letters: counts.letters + letters,
        handed: counts.handed + handed,
        signIns: counts.signIns + signIns,
      };
    },
    take() {
      const taken = counts;
      counts = NONE;
      return taken;
    },
  };
}
