/**
 * What the pages cost an old computer on a slow line, with 200 messages in the box: the aims of
 * performance.md 8, printed.
 */
import type { BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, openBrowser, type OpenBrowser } from '../tests/shared/chromium.ts';
import { pageFaults } from '../tests/shared/page-faults.ts';
import { MAIL_PAGES } from './routes/mail-routes.ts';
import { startWebmail } from './server.ts';
import { FACES, PASSWORD } from './testing/people.ts';
import { openTown } from './testing/town.ts';
import type { Town } from './testing/world.ts';

const PUPIL = 'lina@ecoles.preau.test';
/** A pupil whose choices trouble nobody else's figures. */
const ROSA = 'rosa@ecoles.preau.test';
const TEACHER = 'claire.lefevre@ecoles.preau.test';
const MESSAGES = 200;
/** From the sign-in to the inbox, nothing in the cache. */
const COLD = { bytes: 40_000, requests: 8 } as const;
const WARM_BYTES = 10_000;
/** The page of writing alone: people come when they are asked for, a pupil's faces with it. */
const WRITING_DOCUMENT_BYTES = 8_000;
/** Two weights of a font, and what tells to use it. */
const ANDIKA_BYTES = 42_000;
const NODES = 700;
const HEAP_BYTES = 2_000_000;

let town: Town;
let web: { readonly port: number; close(): Promise<void> };
let browser: OpenBrowser;

describe.skipIf(!hasChromium())('what pages cost (skipped where chromium is not installed)', () => {
  beforeAll(async () => {
    town = await openTown();
    for (const who of [PUPIL, TEACHER]) for (let n = 0; n < MESSAGES; n++) letter(who, n);
    web = await startWebmail(town.core, MAIL_PAGES, { clock: () => town.now });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
  });

  it.each([
    { who: 'a pupil', address: PUPIL },
    { who: 'a teacher', address: TEACHER },
  ])('$who: sign-in to inbox, the inbox again, a message, writing', async ({ who, address }) => {
    const { page, meter } = await metered();
    await page.goto(`http://127.0.0.1:${web.port}/signin`);
    await page.fill('#a', address);
    await page.fill('#p', PASSWORD);
    await page.click('button.main');
    await page.waitForURL('**/mail/inbox');
    const cold = await meter();
    const nodes = await nodesOf(page);
    const heap = await heapOf(page);
    await page.goto(`http://127.0.0.1:${web.port}/mail/inbox`);
    const warm = await meter();
    await page.click('.msg >> nth=3');
    const message = await meter();
    await page.goto(`http://127.0.0.1:${web.port}/write`);
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
    await page.context().close();
  });

  it('a child who has chosen nothing loads nothing for it; letters once chosen come once', async () => {
    const { page } = await metered({ javaScriptEnabled: false });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await enter(page, ROSA);
    expect(asked.filter((path) => /comfort|andika|opendyslexic|woff2/.test(path))).toEqual([]);
    expect(await page.evaluate(() => ({ ...document.documentElement.dataset }))).toEqual({});

    await page.goto(`${base()}/comfort`);
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

    await page.context().close();
    const other = await metered();
    await enter(other.page, ROSA);
    expect((await other.meter()).bytes).toBeLessThan(COLD.bytes + ANDIKA_BYTES);
    await other.page.goto(`${base()}/mail/inbox`);
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
    await other.page.goto(`${base()}/comfort`);
    expect(await pageFaults(other.page, 'comfort')).toEqual([]);
    await other.page.context().close();
  });

  it('needs no script to be read: the rows are in the page itself', async () => {
    const { page } = await metered({ javaScriptEnabled: false });
    await enter(page);
    expect(await page.locator('.msg').count()).toBe(40);
    await page.context().close();
  });
});

const base = (): string => `http://127.0.0.1:${web.port}`;

async function enter(page: Page, who = TEACHER): Promise<void> {
  await page.goto(`${base()}/signin`);
  await page.fill('#a', who);
  await page.fill('#p', PASSWORD);
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
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const wire: CDPSession = await context.newCDPSession(page);
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

const nodesOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelectorAll('*').length);

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}

function letter(to: string, n: number): void {
  const from =
    [
      FACES.child('Noé'),
      FACES.mother,
      FACES.head,
      FACES.colleague,
      FACES.inspection,
      FACES.child('Sofia'),
    ][n % 6] ?? FACES.head;
  town.deliver(to, {
    from,
    subject: `Sortie numéro ${n} : ce qu’il faut apporter`,
    text: `Bonjour,\n\nMot ${n * 7919} : ${'le car part à huit heures, '.repeat(1 + (n % 5))}merci.`,
    seen: n % 9 !== 0,
  });
}
