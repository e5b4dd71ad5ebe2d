/** Sockets of plain servers: what each front does with them, its own tests say. */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, Server, type AddressInfo, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readProxyHeads } from './behind-proxy.ts';
import { openLog } from './log.ts';

const HEAD = 'PROXY TCP4 192.0.2.7 198.51.100.1 56324 25\r\n';
/** The 3 s in which the network brings again what it has lost, and one more. */
const WITHOUT_END_MS = 4_000;
const lines: string[] = [];
const log = openLog({ level: 'warn', to: { write: (line: string) => void lines.push(line) } });
const open: (Server | Socket)[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const one of open.splice(0)) {
    if (one instanceof Server) one.close();
    else one.destroy();
  }
  lines.length = 0;
});

/** Says whom it sees, then whatever it hears. */
async function echo(proxyProtocol: string, host = '127.0.0.1'): Promise<number> {
  const server = createServer((socket) => {
    open.push(socket);
    socket.on('error', () => {});
    socket.write(`${socket.remoteAddress} ${socket.remotePort} ${socket.remoteFamily}|`);
    socket.pipe(socket);
  });
  return listening(server, proxyProtocol, host);
}

async function listening(
  server: Server,
  proxyProtocol: string,
  host = '127.0.0.1',
): Promise<number> {
  readProxyHeads(server, { config: { proxyProtocol }, log });
  open.push(server);
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** All that is heard until the other side closes, or nothing more comes. */
async function say(
  port: number,
  pieces: readonly (string | Buffer)[],
  host = '127.0.0.1',
): Promise<string> {
  const socket = connect({ port, host, noDelay: true });
  open.push(socket);
  let heard = '';
  socket.on('data', (piece: Buffer) => (heard += piece.toString('latin1')));
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  for (const piece of pieces) {
    socket.write(piece);
    await sleep(2);
  }
  socket.end();
  await closed;
  return heard;
}

describe('from a named network', () => {
  it.each<{ when: string; pieces: readonly string[] }>([
    { when: 'in one piece with what follows', pieces: [`${HEAD}hello`] },
    { when: 'by itself', pieces: [HEAD, 'hello'] },
    { when: 'byte by byte', pieces: [...`${HEAD}hello`] },
  ])('is whom the head names, and loses nothing of what follows: $when', async ({ pieces }) => {
    expect(await say(await echo('127.0.0.0/8'), pieces)).toBe('192.0.2.7 56324 IPv4|hello');
  });

  it('is the proxy itself where it speaks for itself', async () => {
    expect(await say(await echo('127.0.0.1'), ['PROXY UNKNOWN\r\n', 'hello'])).toMatch(
      /^127\.0\.0\.1 \d+ IPv4\|hello$/,
    );
  });

  it.each([
    ['no head', ['hello, this is no head\r\n']],
    ['a head that never ends', ['PROXY UNKNOWN ', 'x'.repeat(200)]],
    ['a broken head', ['PROXY TCP4 192.0.2.777 198.51.100.1 1 2\r\n', 'hello']],
  ])('is refused without a word, and said once in the log: %s', async (_when, pieces) => {
    const port = await echo('127.0.0.1');
    expect([await say(port, pieces), await say(port, pieces)]).toEqual(['', '']);
    expect(lines.map((line) => (JSON.parse(line) as { proxy: string }).proxy)).toEqual([
      '127.0.0.1',
    ]);
  });

  it('who only looks whether we are there is no fault', async () => {
    expect(await say(await echo('127.0.0.1'), [])).toBe('');
    expect(lines).toEqual([]);
  });

  it('who sends no end of it is not waited for', async () => {
    const server = createServer();
    const port = await listening(server, '127.0.0.1');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const socket = connect({ port, host: '127.0.0.1' });
    open.push(socket);
    socket.on('error', () => {}).write('PROXY ');
    const closed = once(socket.resume(), 'close');
    await once(server, 'connection');
    vi.advanceTimersByTime(WITHOUT_END_MS - 1);
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(1);
    await closed;
    expect(lines).toHaveLength(1);
  });
});

it('from elsewhere a head is what it would be without us, and the peer is the peer', async () => {
  expect(await say(await echo('10.0.0.0/24'), [`${HEAD}hello`])).toMatch(
    /^127\.0\.0\.1 \d+ IPv4\|PROXY TCP4 192\.0\.2\.7 198\.51\.100\.1 56324 25\r\nhello$/,
  );
});

const own = Object.values(networkInterfaces())
  .flatMap((some) => some ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
it.skipIf(own === undefined)('nobody is this machine by the word of another one', async () => {
  const port = await echo(`${own}`, own);
  const head = 'PROXY TCP4 127.0.0.1 198.51.100.1 56324 25\r\n';
  expect(await say(port, [head, 'hello'], own)).toBe('');
  expect(await say(port, [HEAD, 'hello'], own)).toBe('192.0.2.7 56324 IPv4|hello');
});

it('without such networks a server keeps its own listener', () => {
  const server = createServer(() => {});
  const [before] = server.listeners('connection');
  readProxyHeads(server, { config: { proxyProtocol: '' }, log });
  expect(server.listeners('connection')).toEqual([before]);
  expect(server.listeners('secureConnection')).toEqual([]);
});

it('HTTP goes on behind the head, request after request', async () => {
  const server = createHttpServer((request, response) => {
    response.end(`${request.socket.remoteAddress} ${request.url}\n`);
  });
  const port = await listening(server, '127.0.0.1');
  const request = (path: string, more = ''): string =>
    `GET ${path} HTTP/1.1\r\nhost: x\r\n${more}\r\n`;
  const pieces = [`${HEAD}${request('/a')}`, request('/b'), request('/c', 'connection: close\r\n')];
  expect((await say(port, pieces)).match(/^192.*$/gm)).toEqual([
    '192.0.2.7 /a',
    '192.0.2.7 /b',
    '192.0.2.7 /c',
  ]);
});
