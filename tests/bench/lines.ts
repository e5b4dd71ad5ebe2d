import { connect, type Socket } from 'node:net';

/** What a server never takes longer to say, in milliseconds: the bench must end. */
const PATIENCE_MS = 120_000;

/** One TCP connection read line by line. */
export class LineSocket {
  readonly #socket: Socket;
  #rest = '';
  readonly #lines: string[] = [];
  #taker: {
    readonly resolve: (line: string) => void;
    readonly reject: (error: Error) => void;
  } | null = null;
  #broken: Error | null = null;

  static open(port: number): Promise<LineSocket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new LineSocket(socket));
      });
    });
  }

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('the server says nothing')));
    socket.on('data', (chunk: string) => this.#take(chunk));
    socket.on('error', (error) => this.#break(error));
    socket.on('close', () => this.#break(new Error('the server closed the connection')));
  }

  write(data: string | Buffer): void {
    this.#socket.write(data);
  }

  /** The next line, without its end. Rejects once the connection is gone. One reader at a time. */
  next(): Promise<string> {
    const line = this.#lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    if (this.#broken) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      this.#taker = { resolve, reject };
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: string): void {
    const parts = (this.#rest + chunk).split('\r\n');
    this.#rest = parts.pop() ?? '';
    this.#lines.push(...parts);
    const taker = this.#taker;
    if (!taker) return;
    const line = this.#lines.shift();
    if (line === undefined) return;
    this.#taker = null;
    taker.resolve(line);
  }

  #break(error: Error): void {
    this.#broken ??= error;
    this.#taker?.reject(this.#broken);
    this.#taker = null;
  }
}
