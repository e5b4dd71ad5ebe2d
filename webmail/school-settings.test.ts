import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../core/testing/town.ts';
import { hasChromium } from '../tests/shared/chromium.ts';
import { axeFaults, wideFaults } from '../tests/shared/page-faults.ts';
import { openVisits, type Visits } from './testing/visits.ts';

describe.skipIf(!hasChromium())(
  'the settings of a school (skipped where chromium is not installed)',
  () => {
    let town: TestTown;
    let visits: Visits;
    let page: Page;
    beforeAll(async () => {
      town = await openTestTown();
      visits = await openVisits(town);
      page = await visits.enter('mamadou.diallo', { javaScriptEnabled: false });
    });
    afterAll(async () => {
      await visits?.close();
      await town?.close();
    });

    it('is reached from the board of classes', async () => {
      await page.click('nav a[href="/school"]');
      await page.click('a:has-text("Réglages")');
      expect(await wideFaults(page, 'settings')).toEqual([]);
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
      const scripted = await visits.enter('mamadou.diallo');
      await scripted.goto(page.url());
      expect(await axeFaults(scripted)).toEqual([]);
    });
  },
);
