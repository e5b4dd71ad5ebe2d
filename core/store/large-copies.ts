import { Worker } from 'node:worker_threads';
import type pg from 'pg';
import { Fault } from '../ground/fault.ts';
import type { LargeRead } from './large-reads.ts';

/** What the thread is asked: to copy values into an open file, from its beginning. */
export interface CopyQuestion {
  readonly id: number;
  readonly reads: readonly LargeRead[];
  readonly fd: number;
}

/** What it says; of bytes null where one of the values isn't there. */
export type CopyAnswer = { readonly id: number } & (
  | { readonly kind: 'copied'; readonly bytes: number | null }
  | { readonly kind: 'failed'; readonly why: string }
);

interface LargeCopies {
  /**
   * Copies values into an open file, one behind the other from its beginning, which stays open
   * until this has resolved or rejected. Resolves with how many bytes they are, with null where one
   * isn't there; rejects with a `Fault` 'store-down' where the database or the file fails.
   */
  copy(reads: readonly LargeRead[], fd: number): Promise<number | null>;
  close(): Promise<void>;
}

/** Its own heap holds no values, only what the driver needs. */
const HEAP = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 };

/** The thread ends where nobody has wanted it for so long. */
const IDLE_MS = 60_000;

/**
 * Opens what copies large values in a thread of its own, on a connection of its own: there what the
 * driver leaves behind of them is cleared away without stopping whoever is served meanwhile. The
 * thread starts when it is first wanted.
 */
export function openLargeCopies(connecting: pg.ClientConfig): LargeCopies {
  let thread: CopyingThread | null = null;
  let idle: NodeJS.Timeout | undefined;

  async function end(): Promise<void> {
    clearTimeout(idle);
    const ending = thread;
    thread = null;
    await ending?.end();
  }

  return {
    async copy(reads, fd) {
      clearTimeout(idle);
      if (thread?.hasEnded !== false) thread = new CopyingThread(connecting);
      const asked = thread;
      try {
        return await asked.ask(reads, fd);
      } finally {
        if (thread === asked && !asked.isBusy) idle = setTimeout(() => void end(), IDLE_MS).unref();
      }
    },
    close: end,
  };
}

class CopyingThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<number | null>>();
  #lastId = 0;
  #hasEnded = false;

  constructor(workerData: pg.ClientConfig) {
    this.#worker = new Worker(new URL('./large-copies-worker.ts', import.meta.url), {
      workerData,
      resourceLimits: HEAP,
    });
    this.#worker.unref();
    this.#worker.on('message', (answer: CopyAnswer) => this.#hear(answer));
    this.#worker.on('error', () => undefined); // its end says it
    this.#worker.on('exit', () => {
      this.#hasEnded = true;
      for (const asked of this.#waiting.values()) asked.reject(down('the thread has ended'));
      this.#waiting.clear();
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get isBusy(): boolean {
    return this.#waiting.size > 0;
  }

  ask(reads: readonly LargeRead[], fd: number): Promise<number | null> {
    const asked = Promise.withResolvers<number | null>();
    const id = (this.#lastId += 1);
    this.#waiting.set(id, asked);
    this.#worker.ref();
    this.#worker.postMessage({ id, reads, fd } satisfies CopyQuestion);
    return asked.promise;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #hear(answer: CopyAnswer): void {
    const asked = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (!this.isBusy) this.#worker.unref();
    if (answer.kind === 'copied') asked?.resolve(answer.bytes);
    else asked?.reject(down(answer.why));
  }
}

const down = (why: string): Fault => new Fault('store-down', why, { transient: true });
