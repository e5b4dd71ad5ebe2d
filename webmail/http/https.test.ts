import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { Agent, request as askSecure } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions } from 'node:tls';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../core/ground/config.ts';
import {
  certificateFiles,
  fingerprintOf,
  pairFor,
  shownOn,
} from '../../core/town/certificate/testing/certificate-files.ts';
import { openTestTown } from '../../tests/shared/town.ts';
import { PAGES } from '../routes/routes.ts';
import { startWebmail, type Webmail } from '../server.ts';
import { ask, rawLine } from '../testing/peer.ts';
import { SESSION_COOKIE } from './guard.ts';
import type { WebLimits } from './limits.ts';

const [FIRST, SECOND] = [pairFor({ days: 30 }), pairFor({ days: 90 })];
const files = certificateFiles(FIRST);
const dataDir = mkdtempSync(join(tmpdir(), 'preau-https-'));
const variables = {
  ...files.variables,
  PREAU_DATA: dataDir,
  PREAU_HTTPS_PORT: '0',
};
const town = await openTestTown({ env: variables });
const web = await startWebmail(town.core, PAGES, { clock: () => town.clock.now });
const plain = web.plainPort ?? 0;
afterAll(async () => {
  await web.close();
  await town.close();
  for (const folder of [dataDir, files.folder]) rmSync(folder, { recursive: true });
});

const open: { destroy(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.destroy();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly httpVersion: string;
}

/** Asks for a page over TLS and reads it to its end. */
function askOverTls(path: string, agent?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    askSecure(
      {
        port: web.port,
        host: '127.0.0.1',
        path,
        rejectUnauthorized: false,
        ...(agent && { agent }),
      },
      (answer) => {
        answer.resume().on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            httpVersion: answer.httpVersion,
          }),
        );
      },
    )
      .on('error', reject)
      .end();
  });
}

/** A line over TLS on which bytes are written by hand. */
function secureLine(port: number, first: string, more: ConnectionOptions = {}) {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...more });
  open.push(socket);
  let text = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  const closed = new Promise<string>((resolve) => {
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    socket.once('close', () => resolve('closed'));
  });
  socket.write(first);
  return { socket, heard: () => text, closed };
}

describe('the pages over TLS of our own', () => {
  it('come by HTTP/1.1, and bind the browser to https', async () => {
    expect(await askOverTls('/signin')).toMatchObject({
      status: 200,
      httpVersion: '1.1',
      headers: {
        'strict-transport-security': expect.stringMatching(/^max-age=31536000/),
        'set-cookie': [expect.stringMatching(/^__Host-preau-door=.*; Secure/)],
      },
    });
    expect(await askOverTls('/healthz')).toMatchObject({ status: 200 });
    expect(await askOverTls('/metrics')).toMatchObject({ status: 200 });
  });

  it('are refused to TLS 1.1 and to plain HTTP, and the port goes on', async () => {
    const old = secureLine(web.port, '', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' });
    expect(await old.closed).not.toBe('');
    const clear = rawLine(web.port, '127.0.0.1', 'GET /signin HTTP/1.1\r\nHost: x\r\n\r\n');
    await clear.closed;
    expect(clear.heard()).not.toMatch(/HTTP/);
    expect(await askOverTls('/signin')).toMatchObject({ status: 200 });
  });

  it('hear of new mail by an event stream', async () => {
    const token = await town.enter(await town.viewer('lina.moreau'));
    const line = secureLine(
      web.port,
      `GET /events HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\nCookie: ${SESSION_COOKIE}=${token}\r\n\r\n`,
    );
    await expect.poll(line.heard).toMatch(/^HTTP\/1\.1 200 [^]*event-stream/);
    const before = line.heard();
    await town.send('claire.lefevre', ['lina.moreau']);
    await expect.poll(() => line.heard().slice(before.length)).toMatch(/event: /);
  });

  it('show a renewed certificate without a stop: a connection that stands goes on', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    open.push(agent);
    await askOverTls('/signin', agent);
    const [[standing] = []] = Object.values(agent.freeSockets);
    expect(await shownOn(web.port)).toBe(fingerprintOf(FIRST));
    files.put(SECOND);
    await expect.poll(() => shownOn(web.port), { timeout: 20_000 }).toBe(fingerprintOf(SECOND));
    expect(await askOverTls('/signin', agent)).toMatchObject({ status: 200 });
    const [[still] = []] = Object.values(agent.freeSockets);
    expect(still).toBe(standing);
  });
});

describe('plain HTTP beside them', () => {
  const https = `https://127.0.0.1:${web.port}`;

  it.each([
    { asked: '/', leads: '/' },
    { asked: '/mail/inbox?page=2', leads: '/mail/inbox?page=2' },
    { asked: '//evil.example/x', leads: '//evil.example/x' },
    { asked: 'http://evil.example/x', leads: '/' },
    { asked: '/%0d%0aset-cookie:x', leads: '/%0d%0aset-cookie:x' },
    { asked: '/.well-known/acme-challenges', leads: '/.well-known/acme-challenges' },
  ])('$asked leads to the same page under our own name', async ({ asked, leads }) => {
    const line = rawLine(
      plain,
      '127.0.0.1',
      `GET ${asked} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    );
    await line.closed;
    const location = /^location: (.*)\r$/im.exec(line.heard())?.[1] ?? '';
    expect(line.heard()).toMatch(/^HTTP\/1\.1 308 /);
    expect(location.replace(/\/$/, '')).toBe(`${https}${leads}`.replace(/\/$/, ''));
    expect(line.heard()).not.toMatch(/strict-transport-security|set-cookie: /i); // RFC 6797 §7.2
  });

  it('a form isn’t taken there', async () => {
    const { status, headers } = await ask(plain, '/signin', {
      from: '127.0.0.1',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"password":"x"}',
    });
    expect([status, headers['location']]).toEqual([308, `${https}/signin`]);
  });

  it('answers probes as ever', async () => {
    const from = '127.0.0.1';
    expect(await ask(plain, '/healthz', { from })).toMatchObject({ status: 200 });
    expect((await ask(plain, '/metrics', { from })).body).toContain('preau_');
    const headers = { 'x-forwarded-for': '192.0.2.1' };
    expect(await ask(plain, '/metrics', { from, headers })).toMatchObject({ status: 404 });
  });
});

describe('ACME’s challenges (RFC 8555 §8.3)', () => {
  const folder = join(dataDir, 'acme', '.well-known', 'acme-challenge');
  const at = async (token: string) => {
    const { status, body } = await ask(plain, `/.well-known/acme-challenge/${token}`, {
      from: '127.0.0.1',
      headers: { host: 'autoconfig.ecoles.preau.test' },
    });
    return [status, body];
  };

  it('are answered from the folder that certbot writes to', async () => {
    writeFileSync(join(folder, 'evaGxfADs6pSRb2LAv9IZ'), 'evaGxfADs6pSRb2LAv9IZ.nP1qzpXGym');
    expect(await at('evaGxfADs6pSRb2LAv9IZ')).toEqual([200, 'evaGxfADs6pSRb2LAv9IZ.nP1qzpXGym']);
    expect(await at('another')).toEqual([404, '']);
  });

  it('and nothing else of this machine', async () => {
    writeFileSync(join(dataDir, 'secret'), 'secret');
    symlinkSync(join(dataDir, 'secret'), join(folder, 'link'));
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'big'), 'x'.repeat(2_000));
    writeFileSync(join(folder, '.hidden'), 'x');
    const tokens = [
      'link',
      'folder',
      'big',
      '.hidden',
      '../../../secret',
      '..%2f..%2f..%2fsecret',
      '%2e%2e/%2e%2e/%2e%2e/secret',
      '..%5c..%5csecret',
      'link%00',
      '',
      'x'.repeat(300),
    ];
    for (const token of tokens) {
      const [status, body] = await at(token);
      expect([400, 404], token).toContain(status);
      expect(body, token).not.toContain('secret');
    }
  });
});

describe('limits over TLS', () => {
  async function bounded(limits: Partial<WebLimits>): Promise<Webmail> {
    const small = await startWebmail(town.core, PAGES, { clock: () => town.clock.now, limits });
    open.push({ destroy: () => void small.close() });
    return small;
  }
  const signIn = (port: number) => `GET /signin HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;

  it('whoever never ends the handshake makes room for who comes', async () => {
    const small = await bounded({ connectionsPerSchool: 3 });
    const silent = [1, 2, 3].map(() => rawLine(small.port, '127.0.0.1', ''));
    for (const { socket } of silent) open.push(socket);
    await Promise.all(
      silent.map(({ socket }) => new Promise((done) => socket.once('connect', done))),
    );
    const lines = [1, 2, 3].map(() => secureLine(small.port, signIn(small.port)));
    for (const { heard } of lines) await expect.poll(heard).toMatch(/^HTTP\/1\.1 200/);
    for (const { closed } of silent) await closed;
  });

  it('a handshake that takes too long is over', async () => {
    const small = await bounded({ headersMs: 200 });
    const silent = rawLine(small.port, '127.0.0.1', '');
    await silent.closed;
    expect(silent.heard()).toBe('');
  });

  it('a body that comes too slowly is told so, under TLS', async () => {
    const small = await bounded({ minBytesPerSecond: 1_000, slowWindowMs: 300, lookMs: 50 });
    const line = secureLine(
      small.port,
      `POST /signin HTTP/1.1\r\nHost: 127.0.0.1:${small.port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\na=`,
    );
    await expect.poll(line.heard, { timeout: 10_000 }).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('one more request of a peer than may be in progress is told so, under TLS', async () => {
    const small = await bounded({ requestsPerSchool: 0 });
    const line = secureLine(small.port, signIn(small.port));
    await expect.poll(line.heard).toMatch(/^HTTP\/1\.1 429 /);
  });
});

describe('the web role on another host than loopback', () => {
  it.each([
    { when: 'without a public address', more: {}, starts: false },
    {
      when: 'with one under https',
      more: { PREAU_PUBLIC_URL: 'https://courrier.ville.fr' },
      starts: true,
    },
  ])('$when', async ({ more, starts }) => {
    const config = loadConfig({
      ...variables,
      PREAU_HOST: '0.0.0.0',
      PREAU_WEB_PORT: '0',
      ...more,
    });
    const started = startWebmail({ ...town.core, config }, PAGES);
    if (!starts)
      return expect(started).rejects.toThrow('pages on 0.0.0.0 need an https public URL');
    const small = await started;
    const { headers } = await ask(small.plainPort ?? 0, '/signin', { from: '127.0.0.1' });
    expect(headers['location']).toBe('https://courrier.ville.fr/signin');
    return small.close();
  });
});
