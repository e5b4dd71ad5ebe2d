import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

const PATIENCE_MS = 120_000;
/** The last line of an answer is no longer: Cyrus and we tell all capabilities after LOGIN. */
const TAIL_BYTES = 4_096;
const NEWLINE = Buffer.from('\r\n');

/**
 * One IMAP connection that reads as fast as bytes come: a command's answer is done when its tag
 * stands at the start of the last line.
 */
export class RawImap {
  readonly #socket: Socket;
  readonly #chunks: Buffer[] = [];
  #tail: Buffer = Buffer.alloc(0);
  #done: {
    readonly isDone: (tail: Buffer) => boolean;
    readonly resolve: (answer: Buffer) => void;
    readonly reject: (error: Error) => void;
  } | null = null;
  #tag = 0;

  static async open(port: number, tls = false): Promise<RawImap> {
    const socket = await new Promise<Socket>((resolve, reject) => {
      const opened = tls
        ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => resolve(opened))
        : connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(opened));
      opened.once('error', reject);
    });
    const client = new RawImap(socket);
    await client.#until((tail) => tail.includes(NEWLINE));
    return client;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('the server says nothing')));
    socket.on('error', (error) => this.#done?.reject(error));
    socket.on('close', () => this.#done?.reject(new Error('the server closed the connection')));
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#tail =
        chunk.length >= TAIL_BYTES
          ? chunk.subarray(-TAIL_BYTES)
          : Buffer.concat([this.#tail, chunk]).subarray(-TAIL_BYTES);
      const waiting = this.#done;
      if (!waiting?.isDone(this.#tail)) return;
      this.#done = null;
      this.#tail = Buffer.alloc(0);
      waiting.resolve(Buffer.concat(this.#chunks.splice(0)));
    });
  }

  #until(isDone: (tail: Buffer) => boolean): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#done = { isDone, resolve, reject };
    });
  }

  /**
   * The whole answer. Throws where it isn't OK. `after` goes out with the command: a literal of
   * LITERAL+.
   */
  async command(text: string, after?: Buffer): Promise<Buffer> {
    const tag = `t${(this.#tag += 1)}x`;
    const answer = this.#until((tail) => hasTagged(tail, tag));
    this.#socket.write(
      after === undefined
        ? `${tag} ${text}\r\n`
        : Buffer.concat([Buffer.from(`${tag} ${text}\r\n`), after, NEWLINE]),
    );
    const bytes = await answer;
    const last = bytes.subarray(bytes.lastIndexOf(`${tag} `)).toString('latin1');
    if (!last.startsWith(`${tag} OK`))
      throw new Error(`IMAP: ${text.slice(0, 60)}: ${last.slice(0, 200)}`);
    return bytes;
  }

  /** Begins to wait (RFC 2177); resolves once the server waits too. */
  async idle(): Promise<void> {
    const waiting = this.#until((tail) => tail.includes('+ ') || tail.includes('+\r\n'));
    this.#socket.write('idle IDLE\r\n');
    await waiting;
  }

  /** The moment at which the server says of itself that there are more messages. */
  async exists(): Promise<number> {
    await this.#until((tail) => tail.includes('EXISTS\r\n'));
    return performance.now();
  }

  close(): void {
    this.#done = null;
    this.#socket.destroy();
  }
}

function hasTagged(tail: Buffer, tag: string): boolean {
  if (!tail.subarray(-2).equals(NEWLINE)) return false;
  const at = tail.lastIndexOf(`${tag} `);
  return at === 0 ? tail.length < TAIL_BYTES : at > 0 && tail.subarray(at - 2, at).equals(NEWLINE);
}
