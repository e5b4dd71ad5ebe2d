/**
 * What the pages cost an old computer on a slow line, with more messages in the box than a page
 * shows, printed beside what it may be.
 */
import type { BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../cli/demo/seed.ts';
import { grainyPng } from '../core/letters/message/testing/documents.ts';
import { lessonWords, RHYTHM } from '../core/roster/week/testing/weeks.ts';
import { wish } from '../core/school/boards/testing/wish.ts';
import { giveTo } from '../core/school/wall/testing/makings.ts';
import { ownClassOf } from '../core/school/week/testing/week-town.ts';
import { hasChromium } from '../tests/shared/chromium.ts';
import { pageFaults } from '../tests/shared/page-faults.ts';
import type { PlainPage } from '../tests/shared/plain/page.ts';
import { SOAKED, sliced } from '../tests/shared/slice.ts';
import { openTestTown, uidsOf, type TestTown } from '../tests/shared/town.ts';
import { openVisits, type Visits } from './testing/visits.ts';

const PUPIL = 'lina.moreau';
/** A pupil whose choices trouble nobody else's figures. */
const ROSA = 'rosa.fernandes';
const TEACHER = 'claire.lefevre';
/** More than a page shows, which ends with the last of them. */
const [FIRST, LAST] = [32, 79];
/** From the sign-in to the inbox, nothing in the cache. */
const COLD = { bytes: 40_000, requests: 8 } as const;
const WARM_BYTES = 10_000;
/** The page of writing alone: people come when they are asked for, a pupil's faces with it. */
const WRITING_DOCUMENT_BYTES = 8_000;
/** What hangs on a board at once, of a class where much goes on. */
const NOTICES = ['Musée', 'Bouchons', 'Chorale', 'Escargots', 'Mots', 'Piscine', 'Goûter', 'Lire'];
const BOARD_BYTES = 12_000;
/** A morning of four lessons. */
const HOURS = [
  ['08:30', '09:00'],
  ['09:00', '09:45'],
  ['09:45', '10:30'],
  ['10:30', '11:30'],
] as const;
/** Two weights of a font, and what tells to use it. */
const ANDIKA_BYTES = 42_000;
const NODES = 700;
const HEAP_BYTES = 2_000_000;

let town: TestTown;
let visits: Visits;

describe.skipIf(!hasChromium())('what pages cost (skipped where chromium is not installed)', () => {
  beforeAll(async () => {
    town = await openTestTown();
    // one after the other, so that the same ones stand on the page each time
    for (let n = FIRST; n <= LAST; n += 1) await letter(n);
    for (const who of [PUPIL, TEACHER]) await readMost(who);
    visits = await openVisits(town, () => town.clock.now);
  });
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits?.close();
    await town?.close();
  });

  const WHOSE = [
    { who: 'a teacher', address: TEACHER },
    { who: 'a pupil', address: PUPIL },
  ] as const;
  const { some, rest } = sliced(WHOSE.length, WHOSE);
  it.each(some)('$who: sign-in to inbox, the inbox again, a message, writing', weighs);
  it.each(rest)('$who: sign-in to inbox, the inbox again, a message, writing', SOAKED, weighs);

  async function weighs({ who, address }: (typeof WHOSE)[number]): Promise<void> {
    const { page, meter } = await metered();
    await enter(page, address);
    const cold = await meter();
    const nodes = await nodesOf(page);
    const heap = await heapOf(page);
    await page.goto(`${visits.base}/mail/inbox`);
    const warm = await meter();
    await page.click('.msg >> nth=3');
    const message = await meter();
    await page.goto(`${visits.base}/write`);
    const write = await meter();
    const document = await documentBytes(page);
    process.stdout.write(
      `${JSON.stringify({ figure: 'page_weights', who, cold, warm, message, write, document, nodes, heap })}\n`,
    );
    expect(cold.bytes).toBeLessThan(COLD.bytes);
    expect(cold.requests).toBeLessThanOrEqual(COLD.requests);
    expect(warm.bytes).toBeLessThan(WARM_BYTES);
    expect(nodes).toBeLessThan(NODES);
    expect(heap).toBeLessThan(HEAP_BYTES);
    expect(document).toBeLessThan(WRITING_DOCUMENT_BYTES);
  }

  it('the board of a class, for a child who was there before', async () => {
    const claire = await town.viewer(TEACHER);
    const board = { school: claire.school, classId: claire.classes[0]?.id ?? null };
    for (const title of NOTICES)
      await town.core.boards.post(claire, board, wish({ title, untilDay: '2026-12-04' }));
    const { page, bytes } = await weighed('a board', '/boards');
    expect(await page.locator('.notice').count()).toBe(NOTICES.length);
    expect(bytes).toBeLessThan(BOARD_BYTES);
  });

  it('a full week, for a child who was there before', async () => {
    const claire = await town.viewer(TEACHER);
    const id = ownClassOf(claire);
    await town.core.weeks.keepHours(claire, id, { rhythm: RHYTHM, weekA: null });
    for (let weekday = 1; weekday <= 5; weekday += 1)
      for (const [from, to] of HOURS)
        await town.core.weeks.keepLesson(claire, id, {
          lesson: lessonWords({ weekday, from, to, bring: 'Une blouse' }),
          seen: null,
        });
    for (const words of NOTICES)
      await town.core.weeks.addNeed(claire, id, { day: '2026-11-26', kind: 'do', words });
    const { page, bytes } = await weighed('a week', '/week');
    expect(await page.locator('.my-day > li').count()).toBe(HOURS.length);
    expect(bytes).toBeLessThan(BOARD_BYTES);
  });

  it('a full wall, for a child who was there before, beside its pictures', async () => {
    const [claire, lina] = [await town.viewer(TEACHER), await town.viewer(PUPIL)];
    const gift = await giveTo(town.core, claire, { child: lina });
    await town.core.walls.hang(claire, { school: claire.school, item: gift });
    await town.admin.query(
      `insert into wall_item (school_id, class_id, school_year, author_address_id, given_name, kind,
          media_type, sha256, bytes, width, height, asked_at, hung_at)
        select i.school_id, i.class_id, i.school_year, i.author_address_id, i.given_name, i.kind,
          i.media_type, n::text, i.bytes, i.width, i.height, now(), now()
        from wall_item i, generate_series(1, 23) n`,
    );
    const { page, bytes } = await weighed('a wall', '/walls', '/gifts/');
    expect(await page.locator('.strings > li').count()).toBe(24);
    expect(bytes).toBeLessThan(BOARD_BYTES);
  });

  it(
    'a full page of the class’s cupboard, for a child who was there before, beside its pictures',
    SOAKED,
    async () => {
      const claire = await town.viewer(TEACHER);
      const at = { school: claire.school, classId: ownClassOf(claire) };
      const picture = { name: 'Photo.png', mediaType: 'image/png', bytes: grainyPng(200, 200) };
      const put = await town.core.cupboards.put(claire, at, picture);
      if (put?.kind !== 'put') throw new Error(put?.kind);
      await town.admin.query(
        `insert into cupboard_item (school_id, cupboard_id, kind, path, name, name_key, folded, sees,
          author_address_id, made_at, changed_at, sha256, media_type, size_bytes)
        select i.school_id, i.cupboard_id, i.kind, i.path,
          'Promenade ' || md5(n::text) || '.png', n::text, n::text, i.sees,
          i.author_address_id, i.made_at, i.changed_at, i.sha256, i.media_type, i.size_bytes
        from cupboard_item i, generate_series(1, 99) n where i.id = $1`,
        [put.ref.item],
      );
      const path = `/cupboards/${at.school}/${at.classId}`;
      const { page, bytes } = await weighed('a cupboard', path, '/small');
      expect(await page.locator('.stored > li').count()).toBe(60);
      expect(bytes).toBeLessThan(BOARD_BYTES);
    },
  );

  it(
    'a child who has chosen nothing loads nothing for it; letters once chosen come once',
    SOAKED,
    async () => {
      const { page } = await metered({ javaScriptEnabled: false });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await enter(page, ROSA);
      expect(asked.filter((path) => /comfort|andika|opendyslexic|woff2/.test(path))).toEqual([]);
      expect(await page.evaluate(() => ({ ...document.documentElement.dataset }))).toEqual({});

      await page.goto(`${visits.base}/comfort`);
      const sampled = () =>
        page.$eval('.sample .page', (sample) => {
          const { fontFamily, fontSize, backgroundColor } = getComputedStyle(sample);
          return { fontFamily, fontSize, backgroundColor };
        });
      const before = await sampled();
      for (const one of ['size2', 'spacing2', 'font3', 'paper2', 'motion2'])
        await page.click(`label[for="${one}"]`);
      expect(await sampled()).not.toEqual(before);
      expect((await sampled()).fontFamily).toContain('Andika');
      await page.click('.comfort button.main');
      await page.waitForSelector('.banner.ok');

      const other = await metered();
      await enter(other.page, ROSA);
      expect((await other.meter()).bytes).toBeLessThan(COLD.bytes + ANDIKA_BYTES);
      await other.page.goto(`${visits.base}/mail/inbox`);
      expect((await other.meter()).bytes).toBeLessThan(WARM_BYTES);
      const look = await other.page.evaluate(() => ({
        marks: { ...document.documentElement.dataset },
        font: getComputedStyle(document.body).fontFamily,
        isLoaded: document.fonts.check('16px Andika'),
        paper: getComputedStyle(document.documentElement).getPropertyValue('--paper').trim(),
      }));
      expect(look).toMatchObject({
        marks: {
          theme: 'light',
          paper: 'cream',
          size: 'large',
          spacing: 'wide',
          font: 'andika',
          motion: 'none',
        },
        font: expect.stringMatching(/^Andika/),
        isLoaded: true,
        paper: '#fbf3dd',
      });
      expect(await pageFaults(other.page, 'comfort')).toEqual([]);
      await other.page.goto(`${visits.base}/comfort`);
      expect(await pageFaults(other.page, 'comfort')).toEqual([]);
    },
  );

  it('needs no script to be read: the rows are in the page itself', async () => {
    const page = await visits.read(TEACHER);
    expect(await page.locator('.msg').count()).toBe(40);
  });
});

async function enter(page: Page, who = TEACHER): Promise<void> {
  await page.goto(`${visits.base}/signin`);
  await page.fill('#a', town.address(who));
  await page.fill('#p', DEMO_PASSWORD);
  await page.click('button.main');
  await page.waitForURL('**/mail/inbox');
}

interface Weight {
  readonly bytes: number;
  readonly requests: number;
}

/**
 * A browser of its own with an empty cache; `meter` gives what came over the line since it was
 * asked last.
 */
async function metered(
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; meter(): Promise<Weight> }> {
  const page = await visits.stranger({ ...options, isNew: true });
  const wire: CDPSession = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  const uncounted = new Set<string>();
  let bytes = 0;
  let requests = 0;
  wire.on('Network.requestServedFromCache', ({ requestId }) => uncounted.add(requestId));
  // What is fetched at rest is of the next page, and on a busy machine rest comes soon.
  wire.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
    if (type === 'Fetch' && new URL(request.url).pathname.startsWith('/a/'))
      uncounted.add(requestId);
  });
  wire.on('Network.responseReceivedExtraInfo', ({ requestId }) => {
    requests += uncounted.has(requestId) ? 0 : 1;
  });
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes += uncounted.has(requestId) ? 0 : encodedDataLength;
  });
  return {
    page,
    async meter() {
      await page.waitForLoadState('load');
      await page.waitForTimeout(300);
      const weight = { bytes, requests };
      bytes = 0;
      requests = 0;
      return weight;
    },
  };
}

/** What the page that is open weighs over the line, without what it loads. */
const documentBytes = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation');
    return entry instanceof PerformanceNavigationTiming ? entry.encodedBodySize : Infinity;
  });

/**
 * A page for a pupil who was there before, and what it takes over the line: itself and its head,
 * since whatever it is made of is kept for ever, but for pictures that lie at other addresses.
 */
async function weighed(
  who: string,
  path: string,
  pictures = '',
): Promise<{ readonly page: PlainPage; readonly bytes: number }> {
  const page = await visits.read(PUPIL, path);
  for (const kind of ['link[href]', '[src]'])
    for (const one of await page.locator(kind).all()) {
      const address = (await one.getAttribute('href')) ?? (await one.getAttribute('src')) ?? '';
      const isPicture = pictures !== '' && address.includes(pictures);
      expect(isPicture || address.startsWith('/a/'), address).toBe(true);
    }
  const came = await page.get(page.url(), { 'accept-encoding': 'br, gzip' });
  const { 'content-length': length, ...rest } = came.headers();
  const bytes = Number(length) + JSON.stringify(rest).length;
  process.stdout.write(`${JSON.stringify({ figure: 'page_weights', who, warm: { bytes } })}\n`);
  return { page, bytes };
}

const nodesOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelectorAll('*').length);

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}

/** Children and families have a limit of letters an hour, so that they are many. */
const LIMITED = [
  'noe.garnier',
  'sofia.marques',
  'adele.vidal',
  'amine.benali',
  'emile.conte',
  'gael.tanguy',
  'jeanne.leroux',
  'manon.dufour',
  'theo.jourdain',
  'karine.moreau',
  'thomas.moreau',
];
const ADULTS = ['mamadou.diallo', 'fabienne.cordier', 'nadege.colas'];

async function letter(n: number): Promise<void> {
  const writers = n % 2 === 0 ? LIMITED : ADULTS;
  const sent = await town.send(writers[(n >> 1) % writers.length] ?? '', [PUPIL, TEACHER], {
    subject: `Sortie numéro ${n} : ce qu’il faut apporter`,
    text: `Bonjour,\n\nMot ${n * 7919} : ${'le car part à huit heures, '.repeat(1 + (n % 5))}merci.`,
  });
  expect(sent.kind).toBe('accepted');
  if (n % 10 === 0)
    await town.receive('inspection@exemple.fr', [TEACHER], { subject: `Note de service ${n}` });
}

/** All but one in nine. */
async function readMost(local: string): Promise<void> {
  const [viewer, rows] = [await town.viewer(local), await town.rows(local)];
  const read = uidsOf(rows).filter((uid) => uid % 9 !== 0);
  await town.core.mail.mark(viewer, await town.mailbox(viewer, 'inbox'), {
    uids: read,
    marks: { seen: true },
  });
}
