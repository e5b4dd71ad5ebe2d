/** How many turns there are, and how long is the wait for one. */
export interface TurnLimits {
  readonly atOnce: number;
  /** At once for one of those who ask. */
  readonly each: number;
  /** Who waits for a turn; one more is told at once that there is too much. */
  readonly waiting: number;
  readonly waitingEach: number;
  /** How long one waits at most. */
  readonly waitMs: number;
}

/** A turn that one has; calling it gives it back, once. */
export type Turn = () => void;

/** One turn of those there are, or all of them at once. */
export type Width = 'one' | 'alone';

export interface Turns {
  /**
   * Resolves when it is one's turn; with null at once where too many wait already or it is closed,
   * and after `waitMs`. `alone` comes once nobody else has a turn, and nobody gets one meanwhile.
   */
  take(whose: string, width: Width): Promise<Turn | null>;
  close(): void;
}

interface Waiter {
  readonly width: Width;
  readonly resolve: (turn: Turn | null) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Turns for something that bears only so many at once. Whoever waits stands in a line of their own,
 * and the lines take turns: who sends a hundred gets the next one after everybody else has had
 * theirs.
 */
export function openTurns(limits: TurnLimits): Turns {
  const taken = new Map<string, number>();
  /** The line that is next stands first: a Map keeps the order of insertion. */
  const lines = new Map<string, Waiter[]>();
  let all = 0;
  let waiting = 0;
  let closed = false;

  function fits(whose: string, width: Width): boolean {
    if (width === 'alone') return all === 0;
    return all < limits.atOnce && (taken.get(whose) ?? 0) < limits.each;
  }

  function have(whose: string, width: Width): Turn {
    const count = width === 'alone' ? limits.atOnce : 1;
    let given = false;
    all += count;
    taken.set(whose, (taken.get(whose) ?? 0) + count);
    return () => {
      if (given) return;
      given = true;
      all -= count;
      const left = (taken.get(whose) ?? 0) - count;
      if (left > 0) taken.set(whose, left);
      else taken.delete(whose);
      next();
    };
  }

  /**
   * Serves the lines in their order. Who waits to be alone and is first stops the others, or would
   * never be.
   */
  function next(): void {
    for (const [whose, line] of [...lines]) {
      const [first] = line;
      if (!first) continue;
      if (fits(whose, first.width)) {
        leave(whose, first);
        first.resolve(have(whose, first.width));
        goLast(whose);
        return next();
      }
      if (first.width === 'alone') return;
    }
  }

  function goLast(whose: string): void {
    const line = lines.get(whose);
    lines.delete(whose);
    if (line) lines.set(whose, line);
  }

  function leave(whose: string, waiter: Waiter): void {
    clearTimeout(waiter.timer);
    const line = lines.get(whose) ?? [];
    line.splice(line.indexOf(waiter), 1);
    waiting -= 1;
    if (line.length === 0) lines.delete(whose);
  }

  function wait(whose: string, width: Width): Promise<Turn | null> {
    const line = lines.get(whose) ?? [];
    if (waiting >= limits.waiting || line.length >= limits.waitingEach)
      return Promise.resolve(null);
    return new Promise((resolve) => {
      const giveUp = () => {
        leave(whose, waiter);
        resolve(null);
        next(); // where it waited to be alone, others waited for it
      };
      const waiter: Waiter = { width, resolve, timer: setTimeout(giveUp, limits.waitMs).unref() };
      line.push(waiter);
      lines.set(whose, line);
      waiting += 1;
      next();
    });
  }

  return {
    async take(whose, width) {
      if (closed) return null;
      if (waiting === 0 && fits(whose, width)) return have(whose, width);
      return wait(whose, width);
    },
    close() {
      closed = true;
      for (const [whose, line] of [...lines]) {
        for (const waiter of [...line]) {
          leave(whose, waiter);
          waiter.resolve(null);
        }
      }
    },
  };
}
