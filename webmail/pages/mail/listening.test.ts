/** « Écouter » of those who read, in a browser without a voice of its own. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ESPEAK } from '../../../core/letters/voice/testing/espeak.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { axeFaults } from '../../../tests/shared/page-faults.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { watchBlobAddresses } from '../../testing/blob-addresses.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const LINA = 'lina.moreau';
const TEXT = 'Demain, nous allons voir la mer. Mets tes bottes !';

describe.skipIf(!hasChromium())('« Écouter » (skipped where chromium is not installed)', () => {
  let town: TestTown;
  let visits: Visits;

  beforeAll(async () => {
    town = await openTestTown({ env: { PREAU_VOICE: ESPEAK } });
    await town.send('claire.lefevre', [LINA], { subject: 'La mer', text: TEXT, via: 'web' });
    visits = await openVisits(town, () => town.clock.now);
  });
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits?.close();
    await town?.close();
  });

  it('reads a letter by the server’s voice, lights each word in its turn, and is quiet again', async () => {
    const page = await visits.enter(LINA);
    await page.click('.msg >> nth=0');
    await page.waitForSelector('#letter');
    const asked: string[] = [];
    page.on('request', (one) =>
      asked.push(new URL(one.url()).pathname + new URL(one.url()).search),
    );
    const before = await page.innerText('#letter');
    await page.click('[data-listen="#letter"]');
    const lit = new Set<string>();
    await expect
      .poll(
        async () => {
          const word = await page.evaluate(() => document.querySelector('span.now')?.textContent);
          if (typeof word === 'string') lit.add(word);
          return lit.size;
        },
        { interval: 30, timeout: 20_000 },
      )
      .toBeGreaterThan(1);
    expect(await axeFaults(page, 'listening')).toEqual([]);
    await page.click('[data-listen="#letter"]');
    expect(await page.locator('span.now').count()).toBe(0);
    expect(await page.innerText('#letter')).toBe(before);
    expect(asked).toContain('/says');
    expect(asked.filter((path) => path.includes('mer'))).toEqual([]);
  });

  it('holds no sound that was said, or that was to come as one stopped', SOAKED, async () => {
    const page = await visits.enter(LINA);
    await page.click('.msg:has-text("La mer")');
    await page.waitForSelector('#letter');
    const addresses = await watchBlobAddresses(page);
    await page.click('[data-listen="#letter"]');
    await page.waitForSelector('span.now');
    await page.click('[data-listen="#letter"]');
    await expect.poll(addresses).toEqual({ made: true, held: 0 });
  });

  it('stands still once a letter has come', SOAKED, async () => {
    const page = await visits.enter(LINA);
    const hears = page.waitForResponse('**/events');
    await page.reload();
    await hears;
    const button = page.locator('#list [data-listen]');
    await expect.poll(() => button.isVisible()).toBe(true);
    await town.send('claire.lefevre', [LINA], { subject: 'La plage', via: 'web' });
    await page.waitForSelector('.msg:has-text("La plage")');
    await expect.poll(() => button.isVisible()).toBe(true);
  });

  it('stands with no voice but one of the network, and not without script', SOAKED, async () => {
    const page = await visits.enter(LINA, { javaScriptEnabled: false });
    expect(await page.locator('[data-listen]').isVisible()).toBe(false);
    const other = await visits.enter(LINA);
    expect(await other.locator('[data-listen]').isVisible()).toBe(true);
  });
});
