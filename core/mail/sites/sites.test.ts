import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown } from '../../../tests/shared/town.ts';
import type { SiteListUpdated, UpdateWish } from './contract.ts';

const town = await openTestTown();
const { sites } = town.core;
const folder = await mkdtemp(join(tmpdir(), 'preau-sites-'));
const never = new AbortController().signal;

beforeAll(async () => {
  await Promise.all(['adult', 'games'].map((name) => mkdir(join(folder, name))));
  for (const [name, body] of Object.entries(LIST)) await writeFile(join(folder, name), body);
});
afterAll(async () => {
  await town.close();
  await rm(folder, { recursive: true });
});

const LIST = {
  'adult/domains': 'interdit.example\n192.0.2.7\n',
  'adult/urls': 'club.example/jeux\n',
  'games/domains': 'jeux.example\ninterdit.example\n',
};

async function archiveOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const entries = Object.entries(files).map(([name, body]) => ({
    header: { name: `blacklists/${name}`, size: Buffer.byteLength(body) },
    body,
  }));
  return gzipSync(await packTar(entries));
}

const read = (source: string, wish: UpdateWish = {}): Promise<SiteListUpdated> =>
  sites.update({ source, ...wish }, never);

const categoriesOf = async (...links: readonly string[]) =>
  (await sites.lookUp({ links, areMore: false, filesCut: false })).sites.map(
    ({ categories }) => categories,
  );

it('forbids nothing before a list was read', async () => {
  await town.admin.query('delete from site_block');
  await town.admin.query('delete from site_list');
  expect(await categoriesOf('http://interdit.example/')).toEqual([]);
});

it('reads a folder, an archive and an address to the same list, each in force at once', async () => {
  const archive = await archiveOf(LIST);
  const file = join(folder, 'blacklists.tar.gz');
  await writeFile(file, archive);
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    if (request.headers['if-none-match'] === '"1"') return response.writeHead(304).end();
    if (request.url === '/moved') return response.writeHead(302, { location: '/list' }).end();
    return response.writeHead(200, { etag: '"1"' }).end(archive);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/moved`;
  try {
    for (const source of [folder, file, address]) {
      expect(await read(source)).toEqual({ kind: 'loaded', entries: 5, categories: 2 });
      expect(await read(source)).toEqual({ kind: 'unchanged' });
      expect(
        await categoriesOf(
          'http://www.interdit.example/x',
          'http://3221225991/',
          'https://www.google.com/url?q=http://club.example/jeux/1',
          'http://ecole.example/',
        ),
      ).toEqual([['adult', 'games'], ['adult'], ['adult']]);
      expect(await sites.state()).toMatchObject({
        list: {
          source,
          entries: 5,
          categories: [
            { name: 'adult', entries: 3 },
            { name: 'games', entries: 2 },
          ],
        },
        lastUpdate: { isRunning: false, trouble: null },
      });
    }
    expect(asked).toBe(3);
  } finally {
    server.close();
  }
  const { rows } = await town.admin.query('select count(*)::integer as lists from site_list');
  expect(rows).toEqual([{ lists: 1 }]);
});

it('keeps the list in force where the source gives none', async () => {
  const cut = join(folder, 'cut.tar.gz');
  const whole = await archiveOf(LIST);
  await writeFile(cut, whole.subarray(0, whole.length - 20));
  const empty = join(folder, 'empty.tar.gz');
  await writeFile(empty, await archiveOf({ 'LISEZMOI.txt': 'rien' }));
  await read(folder, { anew: true });
  const why = async (source: string, wish?: UpdateWish) => {
    const updated = await read(source, wish);
    return updated.kind === 'trouble' ? updated.why : updated.kind;
  };
  expect(await why(join(folder, 'nothing'))).toBe('unreachable');
  expect(await why('http://127.0.0.1:9/')).toBe('unreachable');
  expect(await why(cut)).toBe('cut-short');
  expect(await why(empty)).toBe('no-list');
  expect((await sites.state()).lastUpdate?.trouble).toBe('no-list');
  await town.admin.query('update site_list set entries = 2000');
  expect(await why(folder, { anew: true })).toBe('much-smaller');
  expect(await categoriesOf('http://jeux.example/')).toEqual([['games']]);
  expect(await why(folder, { anew: true, acceptSmaller: true })).toBe('loaded');
});

it('is read by one at a time', SOAKED, async () => {
  await read(folder, { anew: true });
  await town.admin.query('update site_update set ended_at = null');
  expect(await read(folder, { anew: true })).toEqual({ kind: 'busy' });
  // Its process died.
  await town.admin.query(`update site_update set begun_at = begun_at - interval '2 hours'`);
  expect(await read(folder, { anew: true })).toMatchObject({ kind: 'loaded' });
});
