import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/**
 * A client that says exactly the bytes it is told to: for what a well-behaved mail library would
 * never send.
 */
export interface WireClient {
  /** Sends one line with its CRLF and gives the whole reply, lines joined by `\n`. */
  say(line: string): Promise<string>;
  /** Sends bytes as they are and waits for nothing. */
  send(bytes: string | Buffer): void;
  /**
   * The next whole reply; `closed` once the server has closed and nothing is left, `silence` after
   * `waitMs`.
   */
  reply(waitMs?: number): Promise<string>;
  startTls(): Promise<void>;
  /** Breaks the connection off without a word. */
  cut(): void;
  readonly socket: () => Socket;
}

const PATIENCE_MS = 8_000;
const dialled = new Set<WireClient>();

/** Cuts every client of this test that is still there. */
export function hangUp(): void {
  for (const client of dialled) client.cut();
  dialled.clear();
}

/**
 * Connects, under TLS from the first byte or not; the greeting is the first reply. Each reply is
 * waited for so many milliseconds.
 */
export async function dial(
  port: number,
  tls: 'plain' | 'implicit' = 'plain',
  patienceMs = PATIENCE_MS,
): Promise<WireClient> {
  let socket: Socket =
    tls === 'implicit'
      ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
      : connect({ port, host: '127.0.0.1' });
  let text = '';
  let closed = false;
  let wake = (): void => {};
  listen();
  const client: WireClient = {
    say(line) {
      client.send(`${line}\r\n`);
      return client.reply();
    },
    send(bytes) {
      if (!closed) socket.write(bytes);
    },
    async reply(waitMs = patienceMs) {
      const until = Date.now() + waitMs;
      while (true) {
        const reply = takeReply();
        if (reply !== null) return reply;
        if (closed) return 'closed';
        if (Date.now() >= until) return 'silence';
        await news(until - Date.now());
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
    cut() {
      socket.destroy();
    },
    socket: () => socket,
  };
  dialled.add(client);
  return client;

  function listen(): void {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      wake();
    });
    socket.on('error', () => {
      closed = true;
      wake();
    });
    socket.on('close', () => {
      closed = true;
      wake();
    });
  }

  function takeReply(): string | null {
    const [reply] = /^(?:\d{3}-[^\r\n]*\r\n)*\d{3}(?: [^\r\n]*)?\r\n/.exec(text) ?? [];
    if (reply === undefined) return null;
    text = text.slice(reply.length);
    return reply.trimEnd().replaceAll('\r\n', '\n');
  }

  function news(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** The initial response of AUTH PLAIN (RFC 4616). */
export function plain(login: string, password: string, authzid = ''): string {
  return Buffer.from(`${authzid}\0${login}\0${password}`).toString('base64');
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** Greets and, where asked, signs in; gives the client ready for MAIL. */
export async function ready(
  port: number,
  options: {
    readonly tls?: 'implicit';
    readonly as?: { readonly login: string; readonly password: string };
  } = {},
): Promise<WireClient> {
  const client = await dial(port, options.tls ?? 'plain');
  await client.reply();
  await client.say('EHLO client.example');
  if (options.as) await client.say(`AUTH PLAIN ${plain(options.as.login, options.as.password)}`);
  return client;
}
