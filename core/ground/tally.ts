/** What one process has counted of the town's day since it was last asked. */
export interface DayCounts {
  /** Letters taken in, from inside and outside. */
  readonly letters: number;
  /** For how many recipients they were. */
  readonly handed: number;
  /** Sessions of the pages that were opened. */
  readonly signIns: number;
}

/** Counts in memory: whoever delivers or signs somebody in waits for nothing. */
export interface DayTally {
  add(more: Partial<DayCounts>): void;
  /** What was counted since the last time, which begins anew. */
  take(): DayCounts;
}

const NONE: DayCounts = { letters: 0, handed: 0, signIns: 0 };

export function openTally(): DayTally {
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
