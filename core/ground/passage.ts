/** Lets so many through at one moment; the others wait in the order in which they came. */
export class Passage {
  readonly #waiting = new Set<() => void>();
  readonly #atOnce: number;
  #inside = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  get isEmpty(): boolean {
    return this.#inside === 0;
  }

  /** Does it in its turn; throws what `signal` says where that ends the wait. */
  async pass<T>(act: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#enter(signal);
    try {
      return await act();
    } finally {
      this.#leave();
    }
  }

  async #enter(signal: AbortSignal | undefined): Promise<void> {
    if (this.#inside < this.#atOnce) {
      this.#inside += 1;
      return;
    }
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener('abort', cut);
        resolve();
      };
      const cut = () => {
        this.#waiting.delete(go);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', cut, { once: true });
      this.#waiting.add(go);
    });
  }

  /** Whoever waits first comes in for it. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#inside -= 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}

/** A passage for each key. */
export class Passages {
  readonly #atOnce: number;
  readonly #by = new Map<string, Passage>();

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  async pass<T>(key: string, act: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const passage = this.#by.get(key) ?? new Passage(this.#atOnce);
    this.#by.set(key, passage);
    try {
      return await passage.pass(act, signal);
    } finally {
      if (passage.isEmpty) this.#by.delete(key);
    }
  }
}
