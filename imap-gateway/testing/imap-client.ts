import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A client that says exactly the bytes it is told to, and gives responses as they come. */
export interface ImapClient {
  /** Sends bytes as they are and waits for nothing. */
  send(bytes: string | Buffer): void;
  /**
   * The next response without its last CRLF, its literals in it; `closed` once the server has
   * closed, `silence` after `waitMs`.
   */
  response(waitMs?: number): Promise<string>;
  /** The same, each octet a character. */
  octets(waitMs?: number): Promise<string>;
  /**
   * Sends a command under a tag of its own and gives every response up to the tagged one, that one
   * without its tag.
   */
  run(command: string | Buffer): Promise<string[]>;
  startTls(): Promise<void>;
  /** Takes nothing more, until `resume`. */
  pause(): void;
  resume(): void;
  /** The socket itself, for what isn't lines; nothing is heard here any more. */
  takeSocket(): Socket;
  cut(): void;
}

const PATIENCE_MS = 8_000;
const CRLF = Buffer.from('\r\n');

/** Connects and takes the greeting, which is the first response. */
export async function dialImap(
  port: number,
  tls: 'plain' | 'implicit' = 'plain',
): Promise<ImapClient> {
  let socket: Socket =
    tls === 'implicit'
      ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
      : connect({ port, host: '127.0.0.1' });
  let bytes = Buffer.alloc(0);
  let closed = false;
  let tags = 0;
  let wake = (): void => {};
  listen();
  const client: ImapClient = {
    send(text) {
      socket.write(text);
    },
    response: (waitMs = PATIENCE_MS) => next('utf8', waitMs),
    octets: (waitMs = PATIENCE_MS) => next('latin1', waitMs),
    async run(command) {
      const tag = `t${++tags}`;
      client.send(Buffer.concat([Buffer.from(`${tag} `), Buffer.from(command), CRLF]));
      const all: string[] = [];
      for (;;) {
        const response = await client.response();
        if (response.startsWith(`${tag} `)) return [...all, response.slice(tag.length + 1)];
        all.push(response);
        if (response === 'closed' || response === 'silence') return all;
      }
    },
    startTls() {
      socket.removeAllListeners();
      return new Promise((resolve, reject) => {
        const secure = connectTls({ socket, rejectUnauthorized: false }, resolve);
        secure.once('error', reject);
        socket = secure;
        listen();
      });
    },
    pause() {
      socket.pause();
    },
    resume() {
      socket.resume();
    },
    takeSocket() {
      socket.removeAllListeners('data');
      return socket;
    },
    cut() {
      socket.destroy();
    },
  };
  return client;

  function listen(): void {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      wake();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      closed = true;
      wake();
    });
  }

  async function next(encoding: 'utf8' | 'latin1', waitMs: number): Promise<string> {
    const until = performance.now() + waitMs;
    for (;;) {
      const response = take(encoding);
      if (response !== null) return response;
      if (closed) return 'closed';
      if (performance.now() >= until) return 'silence';
      await news(Math.max(1, until - performance.now()));
    }
  }

  function news(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** One response: a line, and where it ends in a literal that and the line behind it. */
  function take(encoding: 'utf8' | 'latin1'): string | null {
    let end = bytes.indexOf(CRLF);
    while (end >= 0) {
      const literal = /\{(\d+)\}$/.exec(bytes.toString('latin1', Math.max(0, end - 24), end));
      if (!literal) break;
      end = bytes.indexOf(CRLF, end + 2 + Number(literal[1]));
    }
    if (end < 0) return null;
    const response = bytes.toString(encoding, 0, end);
    bytes = bytes.subarray(end + 2);
    return response;
  }
}
