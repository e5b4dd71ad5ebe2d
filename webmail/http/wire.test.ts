/**
 * What the pages' sockets do with bytes that no browser of a school sends (decision 28,
 * "Webmail").
 */
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { PAGES } from '../routes/routes.ts';
import { startWebmail } from '../server.ts';
import { tokenIn } from '../testing/guest.ts';
import { SESSION_COOKIE } from './guard.ts';
import type { WebLimits } from './limits.ts';

const MEGABYTE = 1_048_576;
const FORM_DATA = 'multipart/form-data; boundary=xxxx';
const partHead = (name: string): string =>
  `--xxxx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`;
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const open: Socket[] = [];

let town: TestTown;
let web: { readonly port: number; close(): Promise<void> };
beforeAll(async () => {
  town = await openTestTown();
  web = await startWebmail(town.core, PAGES, { clock: () => town.clock.now });
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});
afterAll(async () => {
  await web.close();
  await town.close();
});

/**
 * Sends the bytes, as far as the server takes them, and gives all it said before it closed or `ms`
 * of silence were over.
 */
async function said(pieces: Iterable<string | Buffer>, ms = 5_000): Promise<string> {
  const socket = connect(web.port, '127.0.0.1');
  open.push(socket);
  let text = '';
  const ended = new Promise<void>((resolve) => {
    socket.setTimeout(ms, resolve);
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.on('error', () => resolve()).on('close', () => resolve());
  });
  for (const piece of pieces) {
    if (socket.destroyed) break;
    if (!socket.write(piece))
      await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), ended]);
  }
  await ended;
  return text;
}

const host = (): string => `Host: 127.0.0.1:${web.port}\r\n`;
const once = (line: string, more = ''): string =>
  `${line} HTTP/1.1\r\n${host()}Connection: close\r\n${more}\r\n`;
const alive = async (): Promise<void> =>
  expect(await said([once('GET /signin')])).toMatch(/^HTTP\/1\.1 200 /);

it.each<{ when: string; request: () => string; then: RegExp }>([
  {
    when: '300 kB of headers',
    request: () => once('GET /signin', `X: ${'x'.repeat(300_000)}\r\n`),
    then: /^HTTP\/1\.1 431 /,
  },
  {
    when: 'both Content-Length and Transfer-Encoding',
    request: () =>
      once(
        'POST /signin',
        'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n',
      ) + '0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n',
    then: /^HTTP\/1\.1 400 (?![^]*HTTP\/1\.1)/,
  },
  {
    when: 'two Content-Lengths',
    request: () => once('POST /signin', 'Content-Length: 5\r\nContent-Length: 6\r\n'),
    then: /^HTTP\/1\.1 400 /,
  },
  {
    when: 'a header with a bare LF and a NUL',
    request: () => once('GET /signin', 'X: a\0b\n y\r\n'),
    then: /^HTTP\/1\.1 400 /,
  },
  {
    when: 'no Host',
    request: () => 'GET /signin HTTP/1.1\r\nConnection: close\r\n\r\n',
    then: /^HTTP\/1\.1 4/,
  },
  {
    when: 'TRACE',
    request: () => once('TRACE /signin', 'Cookie: secret=1\r\n'),
    then: /^HTTP\/1\.1 4\d\d (?![^]*secret)/,
  },
  { when: 'CONNECT', request: () => once('CONNECT evil.example:443'), then: /^$|^HTTP\/1\.1 4/ },
  {
    when: 'up and out of the assets',
    request: () => once('GET /a/x/../../../../../etc/passwd'),
    then: /^HTTP\/1\.1 404 /,
  },
  {
    when: 'the same, written in per cent',
    request: () => once('GET /a/x/%2e%2e%2f%2e%2e%2fpackage.json'),
    then: /^HTTP\/1\.1 404 /,
  },
  { when: 'a dot file', request: () => once('GET /.git/config'), then: /^HTTP\/1\.1 404 / },
  {
    when: 'a path that is no UTF-8',
    request: () => once('GET /mail/%ff%fe'),
    then: /^HTTP\/1\.1 4/,
  },
  {
    when: 'another path in a proxy’s header',
    request: () =>
      once(
        'GET /signin',
        'X-Original-URL: /metrics\r\nX-Rewrite-URL: /metrics\r\nX-Tenant-ID: 2\r\n',
      ),
    then: /^HTTP\/1\.1 200 (?![^]*preau_)/,
  },
  {
    when: 'another host of X-Forwarded-Host',
    request: () => once('GET /', 'X-Forwarded-Host: evil.example\r\n'),
    then: /^HTTP\/1\.1 303 (?![^]*evil)/,
  },
  {
    when: 'a whole address of another host',
    request: () => once('GET http://evil.example/signin'),
    then: /^HTTP\/1\.1 (?![^]*evil)/,
  },
])('$when', async ({ request, then }) => {
  expect(await said([request()])).toMatch(then);
  await alive();
});

const FLOODS: readonly {
  readonly when: string;
  readonly type: string;
  readonly pieces: () => Iterable<string | Buffer>;
}[] = [
  {
    when: 'a form of 30 MB',
    type: 'application/x-www-form-urlencoded',
    pieces: () => ['address=', ...Array<Buffer>(30).fill(Buffer.alloc(MEGABYTE, 'x'))],
  },
  {
    when: 'a file of 30 MB',
    type: FORM_DATA,
    pieces: () => [
      partHead('f"; filename="x'),
      ...Array<Buffer>(30).fill(Buffer.alloc(MEGABYTE, 'x')),
    ],
  },
  {
    when: 'thirty fields, each as big as one may be',
    type: FORM_DATA,
    pieces: () =>
      Array<Buffer>(30).fill(
        Buffer.concat([
          Buffer.from(partHead('address')),
          Buffer.alloc(900_000, 'x'),
          Buffer.from('\r\n'),
        ]),
      ),
  },
];
const floods = sliced(FLOODS.length, FLOODS.toReversed());
it.each(floods.some)('$when from somebody who has not signed in: none of it is kept', isDropped);
it.each(floods.rest)('$when from them: none of it is kept', SOAKED, isDropped);

async function isDropped({ type, pieces }: (typeof FLOODS)[number]): Promise<void> {
  const all = [...pieces()];
  await alive();
  const before = memory();
  let most = 0;
  const watched = function* (): Iterable<string | Buffer> {
    yield once('POST /signin', `Content-Type: ${type}\r\nContent-Length: ${100 * MEGABYTE}\r\n`);
    for (const [at, piece] of all.entries()) {
      yield piece;
      if (at % 15 === 14) most = Math.max(most, memory() - before);
    }
  };
  // the line may be cut before the answer is heard
  expect(await said(watched(), 1_000)).toMatch(/^$|^HTTP\/1\.1 4/);
  expect(most).toBeLessThan(20 * MEGABYTE);
  await alive();
}

/** What this process holds, which is the server's too, once nothing forgotten is left. */
function memory(): number {
  collectGarbage();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

interface AtOnce {
  readonly limits: Partial<WebLimits>;
  readonly tooBig: readonly number[];
}
const puttingOff = sliced<AtOnce & { of: string }>(2, [
  { of: 'all', limits: { filesInFlight: 300_000 }, tooBig: [] },
  { of: 'a peer', limits: { filesPerSchool: 300_000 }, tooBig: [] },
]);
it.each(puttingOff.some)(
  'more files at once than fit, of $of: put off with a page, and none is left counted',
  isPutOff,
);
it.each(puttingOff.rest)('so are those of $of', SOAKED, isPutOff);
it('nor is one that is too big for any form', SOAKED, () =>
  isPutOff({ limits: { filesInFlight: 300_000 }, tooBig: [27 * MEGABYTE] }),
);

async function isPutOff({ limits, tooBig }: AtOnce): Promise<void> {
  const small = await startWebmail(town.core, PAGES, { clock: () => town.clock.now, limits });
  const base = `http://127.0.0.1:${small.port}`;
  const cookie = `${SESSION_COOKIE}=${await town.enter(await town.viewer('lina.moreau'))}`;
  const csrf = tokenIn(await (await fetch(`${base}/write`, { headers: { cookie } })).text());
  const send = (bytes: number, path = '/language'): Promise<Response> => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)]), 'x.png');
    for (const [name, value] of Object.entries({
      csrf,
      act: 'save',
      text: 'Deux heures de travail',
    }))
      form.set(name, value);
    return fetch(`${base}${path}`, {
      method: 'POST',
      body: form,
      headers: { cookie },
      redirect: 'manual',
    });
  };
  const late = await send(400_000);
  expect([late.status, late.headers.get('retry-after')]).toEqual([503, '120']);
  expect(await late.text()).toMatch(/La messagerie fait une pause[^]*Deux heures de travail/);
  const written = await (await send(400_000, '/write')).text();
  expect(written).toMatch(/Trop de fichiers arrivent en même temps[^]*Deux heures de travail/);
  for (let turn = 0; turn < 4; turn++) expect((await send(200_000)).status).toBe(303);
  for (const bytes of tooBig) expect((await send(bytes)).status).toBe(413);
  await small.close();
}
