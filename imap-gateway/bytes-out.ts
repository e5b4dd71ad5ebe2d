import type { Writable } from 'node:stream';

/**
 * Flushes by itself past this many characters, so that a long answer is under way while it is made.
 */
const BATCH = 65_536;

/**
 * What goes to a client. Responses gather and go out together: one write, one packet where they fit
 * (`noDelay` is on). Whoever makes much asks for `room` between pieces; then a slow reader holds
 * what the socket holds and no more.
 */
export class BytesOut {
  sent = 0;
  #to: Writable;
  #complete: (() => void) | null = null;
  #text = '';
  #pieces: (string | Buffer)[] | null = null;
  readonly #mostWaiting: number;

  constructor(to: Writable, mostWaiting: number) {
    this.#to = to;
    this.#mostWaiting = mostWaiting;
  }

  /** A slow reader has much to take: ask for `room`. */
  get isFull(): boolean {
    return this.#to.writableLength > this.#mostWaiting;
  }

  /** Adds text as UTF-8, or bytes. */
  write(piece: string | Buffer): void {
    if (typeof piece === 'string') {
      this.#text += piece;
      if (this.#text.length > BATCH) this.flush();
      return;
    }
    this.#pieces ??= [];
    if (this.#text !== '') this.#pieces.push(this.#text);
    this.#text = '';
    this.#pieces.push(piece);
    if (piece.length > BATCH) this.flush();
  }

  /** Hands over what has gathered. */
  flush(): void {
    const pieces = this.#pieces;
    const text = this.#text;
    this.#pieces = null;
    this.#text = '';
    if (text === '' && pieces === null) return;
    if (this.#to.destroyed || this.#to.writableEnded) return;
    if (pieces === null) {
      this.#hand(text);
    } else {
      this.#to.cork();
      for (const piece of pieces) this.#hand(piece);
      if (text !== '') this.#hand(text);
      this.#to.uncork();
    }
    this.#complete?.();
  }

  /**
   * Flushes, and resolves when a slow reader has taken enough; at once for others. Rejects never: a
   * broken connection has room.
   */
  async room(): Promise<void> {
    this.flush();
    while (this.isFull && !this.#to.destroyed) await this.#drain();
  }

  /**
   * Goes on to another stream: TLS over the socket, or what packs for it, which must hear when a
   * batch is `complete`. What has gathered goes to the old one.
   */
  goOn(to: Writable, complete: (() => void) | null): void {
    this.flush();
    this.#to = to;
    this.#complete = complete;
  }

  /** Says the last, and ends the stream. */
  end(): void {
    this.flush();
    if (!this.#to.destroyed) this.#to.end();
  }

  #hand(piece: string | Buffer): void {
    this.sent += piece.length;
    this.#to.write(piece);
  }

  #drain(): Promise<void> {
    return new Promise((resolve) => {
      const to = this.#to;
      const go = (): void => {
        to.off('drain', go);
        to.off('close', go);
        resolve();
      };
      to.on('drain', go);
      to.on('close', go);
    });
  }
}
