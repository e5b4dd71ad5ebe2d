import type { Readable } from 'node:stream';
import type { ByteSource } from './wire/incoming.ts';

/** So much of this source waits for the session: beyond, the client is made to wait. */
const MAX_WAITING = 1;

/**
 * The bytes of a socket, its TLS, or an inflater, asked for one piece after another. A client that
 * sends faster than its commands are done is held by TCP, not by our memory.
 */
export class BytesIn implements ByteSource {
  readonly #stream: Readable;
  #waiting: Buffer[] | null = null;
  #wake: ((piece: Buffer | null) => void) | null = null;
  #ended = false;

  constructor(stream: Readable) {
    this.#stream = stream;
    stream.on('data', this.#take);
    for (const event of ['end', 'close', 'error'] as const) stream.on(event, this.#end);
  }

  read(): Promise<Buffer | null> {
    const next = this.#waiting?.shift();
    if (this.#waiting?.length === 0) this.#waiting = null;
    if (next) return Promise.resolve(next);
    if (this.#ended) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (this.#stream.isPaused()) this.#stream.resume();
    });
  }

  /**
   * Lets go of the stream, which stands still until somebody else reads it. Gives what came and was
   * not asked for.
   */
  release(): Buffer {
    this.#stream.pause();
    this.#stream.off('data', this.#take);
    for (const event of ['end', 'close', 'error'] as const) this.#stream.off(event, this.#end);
    const rest = Buffer.concat(this.#waiting ?? []);
    this.#waiting = null;
    this.#end();
    return rest;
  }

  readonly #take = (piece: Buffer): void => {
    const wake = this.#wake;
    this.#wake = null;
    if (wake) return wake(piece);
    this.#waiting ??= [];
    this.#waiting.push(piece);
    if (this.#waiting.length >= MAX_WAITING) this.#stream.pause();
  };

  readonly #end = (): void => {
    this.#ended = true;
    const wake = this.#wake;
    this.#wake = null;
    wake?.(null);
  };
}
