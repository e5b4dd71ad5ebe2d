/** The edge between a list and what is read: by hand, by keys, by a click, and where it stays. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { faultsInPassing } from '../../../tests/shared/page-faults.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { DEVICE_COOKIE } from '../../http/guard.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

/** As the door has a computer of one's own marked; a cookie `__Host-…` names no domain. */
async function saysOwn(page: Page): Promise<void> {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.setCookie', {
    name: DEVICE_COOKIE,
    value: 'theirs',
    url: page.url(),
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
  });
}

const DESK = { viewport: { width: 1280, height: 800 } };
const WHO = 'claire.lefevre';

describe.skipIf(!hasChromium())('the edge (skipped where chromium is not installed)', () => {
  let town: TestTown;
  let visits: Visits;
  beforeAll(async () => {
    town = await openTestTown();
    await town.send('mamadou.diallo', [WHO], { subject: 'Le car', text: 'À huit heures.' });
    visits = await openVisits(town, () => town.clock.now);
  });
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits?.close();
    await town?.close();
  });

  it('is drawn by the hand, moved by keys, put to the next place by a click, and leaves both sides room', async () => {
    const page = await visits.enter(WHO, DESK);
    const edge = page.locator('.edge');
    const width = async () => (await page.locator('.three > .list').boundingBox())?.width ?? 0;
    const value = async () => Number(await edge.getAttribute('aria-valuenow'));
    const begun = await width();
    expect(await value()).toBe(Math.round((begun / 1280) * 100));
    const { x, y } = (await edge.boundingBox()) ?? { x: 0, y: 0 };
    await page.mouse.move(x + 6, y + 300);
    await page.mouse.down();
    await page.mouse.move(x + 106, y + 300, { steps: 5 });
    await page.mouse.up();
    expect(Math.abs((await width()) - begun - 100)).toBeLessThan(14);
    const drawn = await value();
    await edge.press('ArrowLeft');
    expect(await value()).toBe(drawn - 2);
    await edge.press('Home');
    expect(await width()).toBeGreaterThan(250);
    await edge.press('End');
    expect((await page.locator('.three > .pane').boundingBox())?.width).toBeGreaterThan(330);
    await edge.click();
    expect(await value()).toBe(26);
    await edge.click();
    expect(await value()).toBe(34);
    // Nobody said that this computer is theirs.
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(await faultsInPassing(page, 'edge')).toEqual([]);
  });

  it('is kept on no shared computer', SOAKED, () => isKept(false));
  it('is kept on one’s own', SOAKED, () => isKept(true));

  async function isKept(own: boolean): Promise<void> {
    const page = await visits.enter(WHO, DESK);
    if (own) await saysOwn(page);
    await page.reload();
    const edge = page.locator('.edge');
    const before = await edge.getAttribute('aria-valuenow');
    await edge.press('End');
    await page.reload();
    expect((await edge.getAttribute('aria-valuenow')) === before).toBe(!own);
    expect(await page.evaluate(() => localStorage.length)).toBe(own ? 1 : 0);
  }

  it('isn’t there on a phone, and not without script', SOAKED, async () => {
    const phone = await visits.enter(WHO, { viewport: { width: 390, height: 844 } });
    expect(await phone.locator('.edge:visible').count()).toBe(0);
    const plain = await visits.enter(WHO, { ...DESK, javaScriptEnabled: false });
    expect(await plain.locator('.edge:visible').count()).toBe(0);
  });
});
