import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** An SMTP client that says exactly what it is told to. */
export interface Wire {
  /**
   * Sends one line and gives the whole reply, its lines joined by `\n`; `closed` when the server
   * has hung up.
   */
  say(line: string): Promise<string>;
  send(bytes: Buffer | string): void;
  reply(): Promise<string>;
  startTls(): Promise<void>;
  cut(): void;
}

const PATIENCE_MS = 40_000;
const REPLY = /^(?:\d{3}-[^\r\n]*\r\n)*\d{3}(?: [^\r\n]*)?\r\n/;

/** Connects; the greeting is the first reply. */
export function dial(port: number, tls: 'plain' | 'implicit' = 'plain'): Wire {
  let socket: Socket =
    tls === 'implicit'
      ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
      : connect({ port, host: '127.0.0.1' });
  let text = '';
  let closed = false;
  let wake = (): void => {};
  listen();
  const wire: Wire = {
    say(line) {
      wire.send(`${line}\r\n`);
      return wire.reply();
    },
    send(bytes) {
      if (!closed) socket.write(bytes);
    },
    async reply() {
      const deadline = Date.now() + PATIENCE_MS;
      for (;;) {
        const [reply] = REPLY.exec(text) ?? [];
        if (reply !== undefined) {
          text = text.slice(reply.length);
          return reply.trimEnd().replaceAll('\r\n', '\n');
        }
        if (closed) return 'closed';
        if (Date.now() > deadline) return 'silence';
        await news(deadline - Date.now());
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
    cut: () => socket.destroy(),
  };
  return wire;

  function listen(): void {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      wake();
    });
    for (const event of ['error', 'close'] as const)
      socket.on(event, () => {
        closed = true;
        wake();
      });
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

export interface SignedIn {
  readonly address: string;
  readonly password: string;
}

/**
 * Greets and, where asked, signs in over implicit TLS; gives the client ready for MAIL. Throws when
 * the server won't.
 */
export async function ready(port: number, as: SignedIn | null = null): Promise<Wire> {
  const wire = dial(port, as === null ? 'plain' : 'implicit');
  const greeting = await wire.reply();
  const hello = await wire.say('EHLO client.example');
  const welcome =
    as === null
      ? hello
      : await wire.say(
          `AUTH PLAIN ${Buffer.from(`\0${as.address}\0${as.password}`).toString('base64')}`,
        );
  if (/^2/.test(welcome)) return wire;
  wire.cut();
  throw new Error(`no welcome: ${[greeting, hello, welcome].join(' | ')}`);
}

/**
 * One message on a connection that is ready. Gives the first reply that isn't good, or the last.
 */
export async function deliver(
  wire: Wire,
  envelope: { readonly from: string; readonly to: readonly string[] },
  raw: Buffer,
): Promise<string> {
  for (const line of [
    `MAIL FROM:<${envelope.from}>`,
    ...envelope.to.map((to) => `RCPT TO:<${to}>`),
    'DATA',
  ]) {
    const reply = await wire.say(line);
    if (!/^[23]/.test(reply)) {
      await wire.say('RSET');
      return reply;
    }
  }
  wire.send(stuffed(raw));
  return wire.reply();
}

/** The message with its dots doubled and the line that ends it (RFC 5321 §4.5.2). */
export function stuffed(raw: Buffer): Buffer {
  const text = raw.toString('latin1').replace(/(^|\r\n)\./g, '$1..');
  return Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1');
}

/** A small message; `extra` are more header lines. */
export function letter(of: {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly extra?: readonly string[];
}): Buffer {
  const lines = [
    `From: ${of.from}`,
    `To: ${of.to}`,
    `Subject: ${of.subject}`,
    ...(of.extra ?? []),
    '',
    of.text,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}
