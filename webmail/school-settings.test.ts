import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../docker/testing/chromium.ts';
import { DEMO_PASSWORD } from '../core/roster/demo/seed.ts';
import { openTestTown, type TestTown } from '../core/testing/town.ts';
import { startWebmail } from './server.ts';

/** Where to put pictures of the pages, to look at them; nowhere in a usual run. */
const SHOTS = process.env['PREAU_TEST_SHOTS'];

describe.skipIf(!hasChromium())('the settings of a school (skipped where chromium is not installed)', () => {
  let town: TestTown;
  let web: { readonly port: number; close(): Promise<void> };
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    town = await openTestTown();
    web = await startWebmail({ ...town.core, config: { ...town.core.config, webPort: 0, publicUrl: 'http://127.0.0.1:0' } });
    browser = await launchChromium();
    page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`http://127.0.0.1:${web.port}/signin?adult=1`);
    await page.fill('#a', town.address('mamadou.diallo'));
    await page.fill('#p', DEMO_PASSWORD);
    await page.click('button.main');
  });
  afterAll(async () => {
    await browser.close();
    await web.close();
    await town.close();
  });

  it('is reached from the board of classes', async () => {
    await page.click('nav a[href="/school"]');
    await page.click('a:has-text("Réglages")');
    if (SHOTS !== undefined) for (const width of [1280, 1024, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({ path: `${SHOTS}/settings-${width}.png`, fullPage: true });
    }
    expect(await page.textContent('h1')).toContain('réglages');
  });
  it('hours are set by ticking days; what can’t be is said beside them', async () => {
    await page.check('input[value="some"]');
    await page.fill('input[name="to"]', '07:00');
    await page.click('text=Enregistrer');
    expect(await page.textContent('#trouble')).toContain('la fin après le début');
    await page.fill('input[name="to"]', '17:30');
    await page.click('text=Enregistrer');
    expect(await page.textContent('.banner.ok')).toContain('enregistrés');
    expect(await page.inputValue('input[name="to"]')).toBe('17:30');
  });
  it('axe finds nothing serious', async () => {
    const context = await browser.newContext({ storageState: await page.context().storageState() });
    const scripted = await context.newPage();
    await scripted.goto(page.url());
    const { violations } = await new AxeBuilder({ page: scripted }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await context.close();
  });
});
