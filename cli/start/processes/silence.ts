/**
 * A process whose loop is held answers nobody, and nothing that is said to it is heard: it is ended
 * and another begins (core/decisions/0081-silent-processes.md).
 */
import type { Logger } from 'pino';

/** A process that serves, as far as it is asked whether it still does. */
export interface WatchedProcess {
  /** Whose place it has: another that takes it has the same. */
  readonly number: number;
  /** Asks for any word of it, which `heard` is to be told of. */
  ask(): void;
  /** Ends it at once; another begins in its place, and is added once it serves. */
  end(): void;
}

export interface SilenceTiming {
  /** How often each is asked that has answered. */
  readonly everyMs: number;
  /** A process may be silent for so long. */
  readonly patienceMs: number;
  /** Between two that are ended; twice as long each time, and the first after a quiet time. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly quietMs: number;
}

const TIMING: SilenceTiming = {
  everyMs: 1_000,
  patienceMs: 10_000,
  firstPauseMs: 10_000,
  longestPauseMs: 300_000,
  quietMs: 600_000,
};
/**
 * Later than this the launcher itself didn't run: stopped, asleep with the machine, or short of a
 * processor. What it didn't hear meanwhile says nothing of who didn't speak.
 */
const LATE_TICKS = 2;

/** What is to be done at a tick. */
interface Due<One> {
  readonly ask: readonly One[];
  readonly end: One | null;
}

/** Who has answered when, and who may be ended. It has no clock: it is told the time, in ms. */
export class Silence<One extends Pick<WatchedProcess, 'number'>> {
  readonly #timing: SilenceTiming;
  /** Since when each waits to be heard; null: it has answered. */
  readonly #silentSince = new Map<One, number | null>();
  #tickedAt: number;
  /** Whose place is empty until another serves in it. */
  #replacing: number | null = null;
  #endedAt = -Infinity;
  #pauseMs = 0;

  constructor(timing: SilenceTiming, now: number) {
    this.#timing = timing;
    this.#tickedAt = now;
  }

  add(one: One): void {
    this.#silentSince.set(one, null);
    if (this.#replacing === one.number) this.#replacing = null;
  }

  heard(one: One): void {
    if (this.#silentSince.has(one)) this.#silentSince.set(one, null);
  }

  gone(one: One): void {
    this.#silentSince.delete(one);
  }

  tick(now: number): Due<One> {
    const isLate = now - this.#tickedAt > LATE_TICKS * this.#timing.everyMs;
    this.#tickedAt = now;
    const ask: One[] = [];
    for (const [one, since] of this.#silentSince) {
      if (since === null) ask.push(one);
      if (since === null || isLate) this.#silentSince.set(one, now);
    }
    return { ask, end: this.#mayEnd(now) ? this.#end(now) : null };
  }

  /** One at a time, since all have the same roles: the others serve meanwhile. */
  #mayEnd(now: number): boolean {
    return this.#replacing === null && now - this.#endedAt >= this.#pauseMs;
  }

  #end(now: number): One | null {
    const { patienceMs, firstPauseMs, longestPauseMs, quietMs } = this.#timing;
    for (const [one, since] of this.#silentSince) {
      if (since === null || now - since < patienceMs) continue;
      const wasQuiet = now - this.#endedAt > quietMs;
      this.#pauseMs = wasQuiet ? firstPauseMs : Math.min(2 * this.#pauseMs, longestPauseMs);
      this.#endedAt = now;
      this.#replacing = one.number;
      this.gone(one);
      return one;
    }
    return null;
  }
}

/** Asks those who are added, and ends who is silent for too long. */
export function watchForSilence(
  { log, onEnd }: { readonly log: Logger; onEnd(): void },
  timing: SilenceTiming = TIMING,
): Pick<Silence<WatchedProcess>, 'add' | 'heard' | 'gone'> & { close(): void } {
  const silence = new Silence<WatchedProcess>(timing, performance.now());
  const timer = setInterval(() => {
    const { ask, end } = silence.tick(performance.now());
    for (const one of ask) one.ask();
    if (end === null) return;
    log.error(
      { process: end.number, silentMs: timing.patienceMs },
      'a process does not answer and is replaced',
    );
    onEnd();
    end.end();
  }, timing.everyMs).unref();
  return {
    add: (one) => silence.add(one),
    heard: (one) => silence.heard(one),
    gone: (one) => silence.gone(one),
    close: () => clearInterval(timer),
  };
}
