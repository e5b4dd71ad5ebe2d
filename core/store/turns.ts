/**
 * Deliveries of one process to the same mailboxes take turns here and not in the database: one that waits there for a row's lock
 * finds, when it gets it, that every row has changed, and looks each of them up again. Between processes the locks still decide;
 * nothing depends on these turns but time.
 */
export interface Turns {
  /** Resolves when everybody who asked for one of these keys before is done. Call what it gives when you are. */
  take(keys: readonly number[]): Promise<() => void>;
}

/** All keys of a call are queued for at once, so that two calls never wait for one another in a ring. */
export function openTurns(): Turns {
  const last = new Map<number, Promise<void>>();
  return {
    async take(keys) {
      const before = new Set(keys.flatMap((key) => last.get(key) ?? []));
      const mine = Promise.withResolvers<void>();
      for (const key of keys) last.set(key, mine.promise);
      const done = (): void => {
        for (const key of keys) if (last.get(key) === mine.promise) last.delete(key);
        mine.resolve();
      };
      await Promise.all(before);
      return done;
    },
  };
}
