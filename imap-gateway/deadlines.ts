/**
 * Something that ends when its time is up. `deadline` is in milliseconds of `performance.now()`.
 */
export interface Expirable {
  readonly deadline: number;
  expire(): void;
}

/**
 * One timer for all sessions of a process: a timer each would be an object and a closure more for
 * every idle client. Each sweep compares one number a session, some 50 µs for 5,000.
 */
export class Deadlines {
  readonly #all = new Set<Expirable>();
  readonly #timer: NodeJS.Timeout;

  constructor(everyMs: number) {
    this.#timer = setInterval(() => this.sweep(performance.now()), everyMs);
    this.#timer.unref();
  }

  add(one: Expirable): void {
    this.#all.add(one);
  }

  remove(one: Expirable): void {
    this.#all.delete(one);
  }

  /**
   * Ends what is over; each is asked once a sweep until it is removed or has moved its deadline.
   */
  sweep(now: number): void {
    for (const one of this.#all) if (one.deadline <= now) one.expire();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#all.clear();
  }
}
