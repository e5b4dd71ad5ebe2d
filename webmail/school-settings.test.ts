import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../core/testing/town.ts';
import { hasChromium } from '../tests/shared/chromium.ts';
import { axeFaults, wideFaults } from '../tests/shared/page-faults.ts';
import { openVisits, type Visits } from './testing/visits.ts';

describe.skipIf(!hasChromium())(
  'the settings of a school (skipped where chromium is not installed)',
  () => {
    let town: TestTown;
    let visits: Visits;
    beforeAll(async () => {
      town = await openTestTown();
      visits = await openVisits(town);
    });
    afterEach(() => visits.leave());
    afterAll(async () => {
      await visits?.close();
      await town?.close();
    });

    /** By the links, as a head comes there. */
    async function settings(how: 'with script' | 'without script'): Promise<Page> {
      const page = await visits.enter('mamadou.diallo', {
        javaScriptEnabled: how === 'with script',
      });
      await page.click('nav a[href="/school"]');
      await page.click('main a:has-text("Réglages")');
      return page;
    }

    it('is reached from the board of classes', async () => {
      const page = await settings('without script');
      expect(await wideFaults(page, 'settings')).toEqual([]);
      expect(await page.textContent('h1')).toContain('réglages');
    });
    it('hours are set by ticking days; what can’t be is said beside them', async () => {
      const page = await settings('without script');
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
      expect(await axeFaults(await settings('with script'))).toEqual([]);
    });
  },
);
