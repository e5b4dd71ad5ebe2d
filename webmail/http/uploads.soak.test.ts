/** Files of forms: sixteen at once, and what memory they take. */
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { PAGES } from '../routes/routes.ts';
import { startWebmail } from '../server.ts';
import { tokenIn } from '../testing/guest.ts';
import { SESSION_COOKIE } from './guard.ts';

const UPLOADS = 16;
const FILE_BYTES = 6_000_000;
const MEGABYTE = 1_000_000;
/** Other tests run beside this one. */
const TURN_MS = 300_000;
/**
 * One such file is in hand at a time, many times over: as it came, composed, read, scanned, on its
 * way into the database.
 */
const MOST_GROWTH_MB = 220;

let town: TestTown;
let web: { readonly port: number; close(): Promise<void> };
beforeAll(async () => {
  town = await openTestTown();
  web = await startWebmail(town.core, PAGES, { limits: { turnMs: TURN_MS } });
});
afterAll(async () => {
  await web.close();
  await town.close();
});

/**
 * A file that compresses badly and is no kind of its own; one for all, so that the senders take no
 * memory.
 */
const FILE = Buffer.alloc(FILE_BYTES);
for (let at = 0, state = 1; at < FILE.length; at += 1) {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  FILE[at] = 32 + (state % 90);
}

interface Sent {
  readonly status: number;
  readonly location: string;
}

function upload(cookie: string, csrf: string): Promise<Sent> {
  const fields = Object.entries({ csrf, act: 'save', subject: 'Photos', text: 'Voici' });
  const head =
    fields
      .map(
        ([name, value]) =>
          `--xxxx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      )
      .join('') +
    '--xxxx\r\nContent-Disposition: form-data; name="file"; filename="notes.txt"\r\nContent-Type: text/plain\r\n\r\n';
  const tail = '\r\n--xxxx--\r\n';
  return new Promise((resolve, reject) => {
    const headers = {
      cookie,
      connection: 'close',
      'content-type': 'multipart/form-data; boundary=xxxx',
      'content-length': head.length + FILE.length + tail.length,
    };
    const sending = request(
      { port: web.port, host: '127.0.0.1', path: '/write', method: 'POST', headers },
      (answer) => {
        answer
          .resume()
          .on('end', () =>
            resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? '' }),
          );
      },
    );
    sending.on('error', reject);
    sending.write(head);
    sending.write(FILE);
    sending.end(tail);
  });
}

async function signedIn(
  local: string,
): Promise<{ readonly cookie: string; readonly csrf: string }> {
  const cookie = `${SESSION_COOKIE}=${await town.enter(await town.viewer(local))}`;
  const page = await (
    await fetch(`http://127.0.0.1:${web.port}/write`, { headers: { cookie } })
  ).text();
  return { cookie, csrf: tokenIn(page) };
}

it(
  'takes sixteen files of 6 MB at once with memory flat, and leaves nothing of them on disk',
  { tags: 'soak', timeout: 2 * TURN_MS },
  async () => {
    setFlagsFromString('--expose-gc');
    const { cookie, csrf } = await signedIn('claire.lefevre');
    await upload(cookie, csrf); // what is loaded once is loaded
    (runInNewContext('gc') as () => void)();
    const before = process.memoryUsage.rss();
    let most = before;
    const watching = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 10);
    const since = performance.now();
    const sent = await Promise.all(Array.from({ length: UPLOADS }, () => upload(cookie, csrf)));
    clearInterval(watching);
    const growth = Math.round((most - before) / MEGABYTE);
    process.stdout.write(
      `${JSON.stringify({ figure: 'uploads_at_once', uploads: UPLOADS, bytes: FILE_BYTES, rss_before_mb: Math.round(before / MEGABYTE), rss_growth_mb: growth, seconds: Number(((performance.now() - since) / 1_000).toFixed(1)) })}\n`,
    );
    for (const { status, location } of sent)
      expect([status, location]).toEqual([303, '/mail/drafts']);
    expect(growth).toBeLessThan(MOST_GROWTH_MB);
    expect(readdirSync(join(town.core.config.dataDir, 'uploads'))).toEqual([]);
  },
);
