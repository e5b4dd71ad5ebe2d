import { connect, type Socket } from 'node:net';

interface Answer {
  readonly status: number;
  readonly head: string;
  /** As it came, compressed where that was asked for. */
  readonly body: Buffer;
}

interface Question {
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Pages to look into come as they are, pages to count as a browser gets them. */
  readonly as: 'read' | 'counted';
}

/** What a browser says with each page over HTTPS; here a proxy has taken the TLS away. */
const BROWSER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  'accept-language': 'fr-FR,fr;q=0.9',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
};
const ENCODING = { read: 'identity', counted: 'gzip, deflate, br' } as const;
/** Fifty wait for each other; on a busy machine longer. */
const ANSWER_MS = 120_000;
const HEAD_ENDS = '\r\n\r\n';
const LAST_CHUNK = '0\r\n\r\n';

/**
 * One browser without a window: a connection that stays open, cookies, one question at a time. By
 * hand, since Node's own client takes as long for a page as the server that is measured.
 */
export class BenchVisitor {
  readonly #port: number;
  readonly #cookies = new Map<string, string>();
  #socket: Socket | null = null;

  constructor(port: number) {
    this.#port = port;
  }

  async ask(path: string, { form, headers = {}, as }: Question): Promise<Answer> {
    const body = form === undefined ? '' : new URLSearchParams(form).toString();
    const host = `127.0.0.1:${this.#port}`;
    const said = {
      host,
      ...BROWSER,
      'accept-encoding': ENCODING[as],
      cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(form === undefined
        ? {}
        : {
            origin: `http://${host}`,
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': String(Buffer.byteLength(body)),
          }),
      ...headers,
    };
    const lines = Object.entries(said).map(([name, value]) => `${name}: ${value}\r\n`);
    const line = `${form === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1\r\n`;
    const answer = await this.#exchange(`${line}${lines.join('')}\r\n${body}`);
    this.#keepCookies(answer.head);
    return answer;
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }

  async #exchange(question: string): Promise<Answer> {
    // the server ends a connection that nobody has used for a minute
    if (this.#socket?.destroyed) this.close();
    this.#socket ??= await opened(this.#port);
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      let read: Buffer = Buffer.alloc(0);
      const over = (outcome: Answer | Error): void => {
        clearTimeout(late);
        socket.off('data', hear).off('close', gone);
        if (!(outcome instanceof Error)) return resolve(outcome);
        this.close();
        return reject(outcome);
      };
      const hear = (piece: Buffer): void => {
        read = read.length === 0 ? piece : Buffer.concat([read, piece]);
        const answer = wholeIn(read);
        if (answer !== null) over(answer);
      };
      const gone = (): void => over(new Error('the server hung up'));
      const late = setTimeout(
        () => over(new Error(`no answer in time: ${question.slice(0, question.indexOf(' HTTP'))}`)),
        ANSWER_MS,
      );
      socket.on('data', hear).on('close', gone);
      socket.write(question);
    });
  }

  #keepCookies(head: string): void {
    for (const [, name = '', value = ''] of head.matchAll(/\r\nset-cookie: ([^=;]+)=([^;\r]*)/gi)) {
      if (value === '' || value === '-del-') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject).on('error', () => {});
  });
}

/** An answer that has come whole (RFC 9112 §6.3), or null. */
function wholeIn(read: Buffer): Answer | null {
  const ends = read.indexOf(HEAD_ENDS);
  if (ends < 0) return null;
  const head = read.toString('latin1', 0, ends);
  const body = read.subarray(ends + HEAD_ENDS.length);
  const status = Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
  if (length !== undefined) return body.length < Number(length) ? null : { status, head, body };
  if (!/\r\ntransfer-encoding: chunked/i.test(head)) return { status, head, body };
  return body.toString('latin1', Math.max(0, body.length - LAST_CHUNK.length)) === LAST_CHUNK
    ? { status, head, body: unchunked(body) }
    : null;
}

/** The pieces of a chunked body put together (RFC 9112 §7.1). */
function unchunked(body: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const line = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, line), 16);
    if (line < 0 || !(size > 0)) break;
    pieces.push(body.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
  return Buffer.concat(pieces);
}
