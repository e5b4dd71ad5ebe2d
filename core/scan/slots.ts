export interface Slots {
  /** Resolves with true when it is one's turn; with false at once when too many wait already, or when closed. */
  take(): Promise<boolean>;
  give(): void;
  close(): void;
}

/** Turns for something that bears only so many at once, first come, first served. */
export function openSlots(limit: { readonly atOnce: number; readonly waiting: number }): Slots {
  let taken = 0;
  let closed = false;
  const waiting: ((turn: boolean) => void)[] = [];
  return {
    async take() {
      if (closed) return false;
      if (taken < limit.atOnce) {
        taken += 1;
        return true;
      }
      if (waiting.length >= limit.waiting) return false;
      return new Promise((resolve) => waiting.push(resolve));
    },
    give() {
      const next = waiting.shift();
      if (next === undefined) taken -= 1;
      else next(true);
    },
    close() {
      closed = true;
      for (const each of waiting.splice(0)) each(false);
    },
  };
}
