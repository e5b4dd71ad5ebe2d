/** What memory a file takes that comes with its form, or before it by pieces. */
import { randomUUID } from 'node:crypto';
import { request, type IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keysOf } from '../../../core/ground/keys.ts';
import { PIECE_BYTES } from '../../../core/ground/pieces.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { SESSION_COOKIE } from '../../http/guard.ts';
import { PAGES } from '../../routes/routes.ts';
import { startWebmail } from '../../server.ts';
import { tokenIn } from '../../testing/guest.ts';

const MEGABYTE = 1_000_000;
/** As a script sends them; 23 of them are 24 MB. */
const PIECE = Buffer.alloc(PIECE_BYTES, 'Il était une fois un chat qui dort sur le mur. ');
const PIECES = 23;
const FILES = 1;
const LOOK_MS = 500;
/** Some steps of it that are read, hashed, scanned and written as a row; the file is 25. */
const MOST_HELD_MB = 2;
const PATIENCE_MS = 300_000;

let town: TestTown;
let web: { readonly port: number; close(): Promise<void> };
beforeAll(async () => {
  town = await openTestTown();
  web = await startWebmail(town.core, PAGES, { limits: { turnMs: PATIENCE_MS } });
});
afterAll(async () => {
  await web?.close();
  await town?.close();
});

interface Sending {
  readonly cookie: string;
  readonly path: string;
  /** What stands before the bytes of a file; they are one buffer, so many times. */
  readonly head: string;
  readonly pieces: readonly Buffer[];
}

/** Sends a form without holding anything of it that isn't held before. */
function sendForm({ cookie, path, head, pieces }: Sending): Promise<IncomingMessage> {
  const tail = '\r\n--xx--\r\n';
  const headers = {
    cookie,
    connection: 'close',
    'content-type': 'multipart/form-data; boundary=xx',
    'content-length':
      head.length + pieces.reduce((sum, { length }) => sum + length, 0) + tail.length,
  };
  const to = { port: web.port, host: '127.0.0.1', path, method: 'POST' };
  return new Promise((resolve, reject) => {
    const sending = request({ ...to, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer));
    });
    sending.on('error', reject);
    sending.write(head);
    const left = [...pieces];
    const more = (): void => {
      for (let piece = left.shift(); piece !== undefined; piece = left.shift())
        if (!sending.write(piece)) return void sending.once('drain', more);
      sending.end(tail);
    };
    more();
  });
}

const field = (name: string, value: string): string =>
  `--xx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const fileField = (name: string): string =>
  `--xx\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n` +
  'Content-Type: text/plain\r\n\r\n';

/** Sends a file as a browser without a script does. */
async function send(cookie: string, csrf: string, name: string): Promise<string> {
  const answer = await sendForm({
    cookie,
    path: '/cupboards/1/own/put',
    pieces: Array.from({ length: PIECES }, () => PIECE),
    head: field('csrf', csrf) + fileField(name),
  });
  return answer.headers.location ?? '';
}

/** The same as our script does: each piece a form of its own, and the page's form with none. */
async function sendPieces(cookie: string, csrf: string, name: string): Promise<string> {
  const upload = randomUUID();
  for (let place = 1; place <= PIECES; place += 1) {
    const pieces = [place < PIECES ? PIECE : PIECE.subarray(0, MEGABYTE)];
    const head = field('csrf', csrf) + fileField('piece');
    const kept = await sendForm({ cookie, path: `/coming/${upload}/${place}`, head, pieces });
    expect(kept.statusCode).toBe(200);
  }
  const come = { come: upload, 'come-name': name, 'come-type': 'text/plain' };
  const all = Object.entries({ csrf, ...come, 'come-pieces': String(PIECES), end: '' });
  const head = all.map(([one, value]) => field(one, value)).join('');
  const path = '/cupboards/1/own/put';
  const answer = await sendForm({
    cookie,
    path,
    head: `${head}--xx\r\nContent-Disposition: form-data; name="last"\r\n\r\n`,
    pieces: [],
  });
  return answer.headers.location ?? '';
}

/** What a way of sending a file holds of the serving process's memory, beside itself. */
async function heldBy(figure: string, way: typeof send): Promise<number> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const claire = await town.viewer('claire.lefevre');
  const cookie = `${SESSION_COOKIE}=${await town.enter(claire)}`;
  const page = await fetch(`http://127.0.0.1:${web.port}/cupboards/1/own`, { headers: { cookie } });
  const csrf = tokenIn(await page.text());
  expect(await way(cookie, csrf, `premier ${figure}.txt`)).toContain('said=put'); // what is loaded once
  gc();
  const held = () => process.memoryUsage().arrayBuffers;
  const [before, rssBefore] = [held(), process.memoryUsage.rss()];
  let [most, mostRss] = [before, rssBefore];
  const timer = setInterval(() => {
    // What nobody holds any more isn't counted; what one finds unheld the next one has freed.
    gc();
    gc();
    most = Math.max(most, held());
    mostRss = Math.max(mostRss, process.memoryUsage.rss());
  }, LOOK_MS);
  const begun = performance.now();
  for (let at = 0; at < FILES; at += 1)
    expect(await way(cookie, csrf, `conte ${figure} ${at}.txt`)).toContain('said=put');
  clearInterval(timer);
  const heldMb = Number(((most - before) / MEGABYTE).toFixed(1));
  const figures = {
    figure,
    heldMb,
    fileMb: Math.round((PIECES * PIECE.length) / MEGABYTE),
    residentMb: Number(((mostRss - rssBefore) / MEGABYTE).toFixed(1)),
    seconds: Number(((performance.now() - begun) / FILES / 1_000).toFixed(1)),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  return heldMb;
}

const WAYS = { form_upload: send, pieces_upload: sendPieces } as const;
it.each(keysOf(WAYS))(
  'a file of 24 MB takes some pieces of it in memory, and never all: %s',
  { timeout: PATIENCE_MS },
  async (figure) => {
    expect(await heldBy(figure, WAYS[figure])).toBeLessThanOrEqual(MOST_HELD_MB);
  },
);
