import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';

/** An answer of a server as it came. */
interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

interface Asking {
  /** The address of this machine that it comes from: all of 127.0.0.0/8 are ours. */
  readonly from: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks for a page of `127.0.0.1:port` over a connection of its own. */
export function ask(
  port: number,
  path: string,
  { from, method = 'GET', headers = {}, body = '' }: Asking,
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        port,
        host: '127.0.0.1',
        localAddress: from,
        path,
        method,
        headers: { connection: 'close', ...headers },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (piece: string) => {
          text += piece;
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** A form, urlencoded, as a browser sends it. */
export function formOf(
  fields: Readonly<Record<string, string>>,
  cookie: string,
): Required<Pick<Asking, 'method' | 'headers' | 'body'>> {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
    body: new URLSearchParams(fields).toString(),
  };
}

/** A line to `127.0.0.1:port` on which bytes are written by hand. */
export interface RawLine {
  readonly socket: Socket;
  readonly heard: () => string;
  readonly closed: Promise<void>;
}

export function rawLine(port: number, from: string, first: string): RawLine {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  let text = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  socket.on('error', () => socket.destroy());
  socket.write(first);
  return {
    socket,
    heard: () => text,
    closed: new Promise((resolve) => {
      socket.once('close', () => resolve());
    }),
  };
}

/** As `/proc/net/tcp` writes a connection that neither end has closed. */
const ESTABLISHED = '01';

/** Whether the server at a port still holds its end of a line, by what the kernel says. */
export function isHeld(port: number, { socket }: RawLine): boolean {
  const [near, far] = [port, socket.localPort ?? 0].map(
    (one) => `:${one.toString(16).toUpperCase().padStart(4, '0')}`,
  );
  const all = ['tcp', 'tcp6'].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, 'utf8').split('\n'),
  );
  return all.some((one) => {
    const [, here = '', there = '', state] = one.trim().split(' ');
    return here.endsWith(near ?? '') && there.endsWith(far ?? '') && state === ESTABLISHED;
  });
}

/** The start of a form that says it is long and never comes. */
export function slowForm(port: number, length = 100_000): string {
  return `POST /signin HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\na=`;
}
