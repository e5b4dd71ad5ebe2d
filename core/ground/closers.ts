import type { Logger } from 'pino';

type Close = () => void | Promise<void>;

/** What was opened, to be closed in the opposite order; one that fails keeps no other open. */
export class Closers {
  readonly #log: Logger;
  readonly #closes: Close[] = [];

  constructor(log: Logger) {
    this.#log = log;
  }

  /** To be called as soon as it is open. */
  add(close: Close): void {
    this.#closes.push(close);
  }

  /** What something opens is to be closed with the rest, and is given back. */
  with<Opened extends { close(): void | Promise<void> }>(opened: Opened): Opened {
    this.add(() => opened.close());
    return opened;
  }

  async closeAll(): Promise<void> {
    for (const close of this.#closes.splice(0).reverse())
      try {
        await close();
      } catch (error) {
        this.#log.error({ err: error }, 'a part did not stop in order');
      }
  }
}
