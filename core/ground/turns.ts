import { KeyCounts } from './counts.ts';

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

/**
 * What one of so many processes may have of a limit that holds for all of them together. Rounded
 * up: connections are spread evenly and never exactly so.
 */
export function shareOf(limit: number, processes: number): number {
  return Math.ceil(limit / processes);
}

/** How many share what one peer or one account may have, and what the database bears. */
export const sharersOf = ({
  processes,
  machines,
}: Readonly<Record<'processes' | 'machines', number>>): number => processes * machines;

/** The turns of one of so many processes: together they have no more than one alone would. */
export function turnsOfOne(limits: TurnLimits, processes: number): TurnLimits {
  return {
    atOnce: Math.max(1, Math.floor(limits.atOnce / processes)),
    each: Math.max(1, Math.floor(limits.each / processes)),
    waiting: shareOf(limits.waiting, processes),
    waitingEach: shareOf(limits.waitingEach, processes),
    waitMs: limits.waitMs,
  };
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

export function openTurns(limits: TurnLimits): Turns {
  return new TurnsInLines(limits);
}

/**
 * Turns for something that bears only so many at once. Whoever waits stands in a line of their own,
 * and the lines take turns: who sends a hundred gets the next one after everybody else has had
 * theirs.
 */
class TurnsInLines implements Turns {
  readonly #limits: TurnLimits;
  readonly #taken = new KeyCounts();
  /** The line that is next stands first: a Map keeps the order of insertion. */
  readonly #lines = new Map<string, Waiter[]>();
  #all = 0;
  #waiting = 0;
  #closed = false;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  async take(whose: string, width: Width): Promise<Turn | null> {
    if (this.#closed) return null;
    if (this.#waiting === 0 && this.#fits(whose, width)) return this.#have(whose, width);
    return this.#wait(whose, width);
  }

  close(): void {
    this.#closed = true;
    for (const [whose, line] of [...this.#lines]) {
      for (const waiter of [...line]) {
        this.#leave(whose, waiter);
        waiter.resolve(null);
      }
    }
  }

  #fits(whose: string, width: Width): boolean {
    if (width === 'alone') return this.#all === 0;
    const { atOnce, each } = this.#limits;
    return this.#all < atOnce && this.#taken.of(whose) < each;
  }

  #have(whose: string, width: Width): Turn {
    const count = width === 'alone' ? this.#limits.atOnce : 1;
    let given = false;
    this.#all += count;
    this.#taken.add(whose, count);
    return () => {
      if (given) return;
      given = true;
      this.#giveBack(whose, count);
    };
  }

  #giveBack(whose: string, count: number): void {
    this.#all -= count;
    this.#taken.add(whose, -count);
    this.#next();
  }

  /**
   * Serves the lines in their order. Who waits to be alone and is first stops the others, or would
   * never be.
   */
  #next(): void {
    for (const [whose, line] of [...this.#lines]) {
      const [first] = line;
      if (!first) continue;
      if (this.#fits(whose, first.width)) {
        this.#leave(whose, first);
        first.resolve(this.#have(whose, first.width));
        this.#goLast(whose);
        return this.#next();
      }
      if (first.width === 'alone') return;
    }
  }

  #goLast(whose: string): void {
    const line = this.#lines.get(whose);
    this.#lines.delete(whose);
    if (line) this.#lines.set(whose, line);
  }

  #leave(whose: string, waiter: Waiter): void {
    clearTimeout(waiter.timer);
    const line = this.#lines.get(whose) ?? [];
    line.splice(line.indexOf(waiter), 1);
    this.#waiting -= 1;
    if (line.length === 0) this.#lines.delete(whose);
  }

  #wait(whose: string, width: Width): Promise<Turn | null> {
    const line = this.#lines.get(whose) ?? [];
    const { waiting, waitingEach, waitMs } = this.#limits;
    if (this.#waiting >= waiting || line.length >= waitingEach) return Promise.resolve(null);
    return new Promise((resolve) => {
      const giveUp = () => {
        this.#leave(whose, waiter);
        resolve(null);
        this.#next(); // where it waited to be alone, others waited for it
      };
      const waiter: Waiter = { width, resolve, timer: setTimeout(giveUp, waitMs).unref() };
      line.push(waiter);
      this.#lines.set(whose, line);
      this.#waiting += 1;
      this.#next();
    });
  }
}
