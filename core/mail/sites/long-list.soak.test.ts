import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, expect, it } from 'vitest';
import { openTestTown } from '../../../tests/shared/town.ts';

const town = await openTestTown();
const folder = await mkdtemp(join(tmpdir(), 'preau-long-list-'));
afterAll(async () => {
  await town.close();
  await rm(folder, { recursive: true });
});

/** As UT1's list is: one category with nearly all of it, some with few. */
const CATEGORIES = { adult: 4_400_000, phishing: 60_000, games: 30_000, malware: 10_000 } as const;
const ENTRIES = 4_500_000;
const LOOKUPS = 2_000;
/** What reading it may take of a worker's memory: 17 bytes an entry, and a portion's blocks. */
const MOST_MEGABYTES = 600;

const nameOf = (category: string, nth: number): string =>
  `${(nth * 2_654_435_761).toString(36)}-${nth}.${category}.example`;

async function writeList(): Promise<void> {
  for (const [category, entries] of Object.entries(CATEGORIES)) {
    await mkdir(join(folder, category));
    const lines = function* (): Generator<string> {
      for (let nth = 0; nth < entries; nth += 1_000)
        yield Array.from({ length: 1_000 }, (_, at) => `${nameOf(category, nth + at)}\n`).join('');
    };
    await pipeline(Readable.from(lines()), createWriteStream(join(folder, category, 'domains')));
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1_048_576);

it('a list of 4.5 million is read within the memory of a worker, and asked in no time', async () => {
  await writeList();
  global.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 50);
  const begun = performance.now();
  const updated = await town.core.sites.update({ source: folder }, new AbortController().signal);
  const seconds = (performance.now() - begun) / 1_000;
  clearInterval(watch);
  expect(updated).toEqual({ kind: 'loaded', entries: ENTRIES, categories: 4 });

  const asked = performance.now();
  for (let nth = 0; nth < LOOKUPS; nth++) {
    const isListed = nth % 2 === 0;
    const name = isListed ? nameOf('adult', nth * 1_000) : `ecole${nth}.example.org`;
    const links = [`http://www.${name}/page`];
    const { sites } = await town.core.sites.lookUp({ links, areMore: false, filesCut: false });
    expect(sites.map(({ categories }) => categories)).toEqual(isListed ? [['adult']] : []);
  }
  const aSecond = Math.round((LOOKUPS * 1_000) / (performance.now() - asked));
  const figures = {
    entries: ENTRIES,
    readSeconds: Math.round(seconds),
    memoryMegabytes: megabytes(most - before),
    lookUpsASecond: aSecond,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  expect(megabytes(most - before)).toBeLessThan(MOST_MEGABYTES);
  expect(aSecond).toBeGreaterThan(100);
}, 900_000);
