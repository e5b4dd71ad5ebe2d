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

/** Nobody's turn came in time. */
export const NO_TURN = Symbol('no turn');

/** All turns at once, whatever there are. */
export const ALONE = Infinity;

export interface Turns {
  /**
   * Resolves when it is one's turn; with null at once where too many wait already or it is closed,
   * and after `waitMs`. Who wants as many as there are, or more, comes once nobody else has a turn,
   * and nobody gets one meanwhile.
   */
  take(whose: string, wanted?: number): Promise<Turn | null>;
  /** Does it once it is one's turn, which is given back then. */
  pass<T>(whose: string, act: () => Promise<T>, wanted?: number): Promise<T | typeof NO_TURN>;
  close(): void;
}

interface Waiter {
  readonly wanted: number;
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

  async take(whose: string, wanted = 1): Promise<Turn | null> {
    if (this.#closed) return null;
    const most = Math.min(wanted, this.#limits.atOnce);
    if (this.#waiting === 0 && this.#fits(whose, most)) return this.#have(whose, most);
    return this.#wait(whose, most);
  }

  async pass<T>(whose: string, act: () => Promise<T>, wanted = 1): Promise<T | typeof NO_TURN> {
    const giveBack = await this.take(whose, wanted);
    if (giveBack === null) return NO_TURN;
    try {
      return await act();
    } finally {
      giveBack();
    }
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

  #fits(whose: string, wanted: number): boolean {
    const { atOnce, each } = this.#limits;
    if (wanted === atOnce) return this.#all === 0;
    return this.#all + wanted <= atOnce && this.#taken.of(whose) + wanted <= each;
  }

  #have(whose: string, wanted: number): Turn {
    let given = false;
    this.#all += wanted;
    this.#taken.add(whose, wanted);
    return () => {
      if (given) return;
      given = true;
      this.#giveBack(whose, wanted);
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
      if (this.#fits(whose, first.wanted)) {
        this.#leave(whose, first);
        first.resolve(this.#have(whose, first.wanted));
        this.#goLast(whose);
        return this.#next();
      }
      if (first.wanted === this.#limits.atOnce) return;
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

  #wait(whose: string, wanted: number): Promise<Turn | null> {
    const line = this.#lines.get(whose) ?? [];
    const { waiting, waitingEach, waitMs } = this.#limits;
    if (this.#waiting >= waiting || line.length >= waitingEach) return Promise.resolve(null);
    return new Promise((resolve) => {
      const giveUp = () => {
        this.#leave(whose, waiter);
        resolve(null);
        this.#next(); // where it waited for much, others waited for it
      };
      const waiter: Waiter = { wanted, resolve, timer: setTimeout(giveUp, waitMs).unref() };
      line.push(waiter);
      this.#lines.set(whose, line);
      this.#waiting += 1;
      this.#next();
    });
  }
}
