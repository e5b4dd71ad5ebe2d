import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SchoolId } from '../../../core/ground/ids.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { axeFaults, faultsInPassing, plainWideFaults } from '../../../tests/shared/page-faults.ts';
import type { PlainPage } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const ONE = 1 as SchoolId;

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
    async function settings(): Promise<PlainPage> {
      const page = await visits.read('mamadou.diallo');
      await page.click('nav a[href="/school"]');
      await page.click('main a:has-text("Réglages")');
      return page;
    }

    it('a last day that can’t be stands where it was typed, with its reason', async () => {
      const page = await visits.read('mamadou.diallo');
      const [sheet] =
        (
          await town.core.classes.overview(await town.viewer('mamadou.diallo'), ONE)
        )?.classes.filter(({ teachers }) => teachers.length > 0) ?? [];
      await page.goto(`${visits.base}/school/1/class/${sheet?.id}`);
      const day = `#u${sheet?.teachers[0]?.id}teacher`;
      await page.fill(day, '2001-01-01');
      await page.click('main .tied .btn');
      expect(await page.inputValue(day)).toBe('2001-01-01');
      expect(await page.getAttribute(day, 'aria-invalid')).toBe('true');
      expect(await page.getAttribute(day, 'aria-describedby')).toBe(`${day.slice(1)}-trouble`);
      expect(await page.textContent(`${day}-trouble`)).toContain('Ces dates ne vont pas');
      expect(await page.locator(`${day}[autofocus]`).count()).toBe(1);
      // It is no one who is to come: that form stays shut.
      expect(await page.locator('main details[open]').count()).toBe(0);
    });

    it('a class without a name, or an end that can’t be, says so below its field', async () => {
      const page = await visits.read('mamadou.diallo', '/school/1/class/1');
      await page.fill('#name', '');
      await page.click('main form[aria-labelledby="st"] .btn');
      expect(await page.textContent('#name-trouble')).toContain('Donnez un nom à la classe');
      expect(await page.locator('#name[autofocus]').count()).toBe(1);
      expect(await page.locator('main .banner[role="alert"]').count()).toBe(0);
      await page.goto(`${visits.base}/school/1/class/1/end`);
      await page.fill('#day', '2001-01-01');
      await page.click('main form .btn.no');
      expect(await page.textContent('#day-trouble')).toContain('Ces dates ne vont pas');
      expect(await page.locator('#day[autofocus]').count()).toBe(1);
    });

    it('the board takes a drop', async () => {
      const page = await visits.enter('mamadou.diallo', { at: '/school/1' });
      const [from, to] = [
        page.locator('.cols .col >> nth=0 >> li >> nth=0'),
        page.locator('[data-column="0"]'),
      ];
      const child = (await from.getAttribute('data-name')) ?? '';
      await from.dragTo(to);
      await page.waitForSelector(`[data-column="0"] li[data-name="${child}"]`);
      await page.click('.bar >> text=Annuler');
      expect(await page.locator('[data-column="0"] li[data-pupil]').count()).toBe(0);
    });

    it(
      'the board has all classes in one row as high as the window, and takes a drop below a short one',
      SOAKED,
      async () => {
        const page = await visits.enter('mamadou.diallo', { at: '/school/1' });
        expect(await faultsInPassing(page, 'board')).toEqual([]);
        const tops = await page
          .locator('.cols .col')
          .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
        expect(tops.length).toBeGreaterThan(4);
        expect(new Set(tops).size).toBe(1);
        const counts = await page.locator('.cols .num').allTextContents();
        expect(counts.every((one) => /^\s*\d+ élèves\s*$/.test(one))).toBe(true);
        expect(await page.locator('.cols li .face').count()).toBeGreaterThan(100);
        await page.setViewportSize({ width: 1280, height: 1900 }); // all columns are short now
        const [first, to] = [
          page.locator('.cols .col >> nth=0'),
          page.locator('.cols .col >> nth=1'),
        ];
        const child = (await first.locator('li >> nth=0').getAttribute('data-name')) ?? '';
        const box = await to.boundingBox();
        await first
          .locator('li >> nth=0')
          .dragTo(to, { targetPosition: { x: 60, y: (box?.height ?? 0) - 10 } });
        await page.waitForSelector(`.cols .col >> nth=1 >> li[data-name="${child}"]`);
        // Taken out by a drop, and placed again by what was undone.
        await to.locator(`li[data-name="${child}"]`).dragTo(page.locator('[data-column="0"]'));
        await page.waitForSelector(`[data-column="0"] li[data-name="${child}"]`);
        await page.setViewportSize({ width: 390, height: 844 });
        expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(1700);
        for (let step = 0; step < 2; step += 1) await page.click('.bar >> text=Annuler');
        expect(await page.locator('[data-column="0"] li[data-pupil]').count()).toBe(0);
      },
    );

    it('is reached from the board of classes', async () => {
      const page = await settings();
      expect(await plainWideFaults(page, 'settings')).toEqual([]);
      expect(await page.textContent('h1')).toContain('réglages');
    });
    it('hours are set by ticking days; what can’t be is said beside them', async () => {
      const page = await settings();
      await page.check('input[value="some"]');
      await page.fill('input[name="to"]', '07:00');
      await page.click('text=Enregistrer');
      expect(await page.textContent('#trouble')).toContain('la fin après le début');
      await page.fill('input[name="to"]', '17:30');
      await page.click('text=Enregistrer');
      expect(await page.textContent('.banner.ok')).toContain('enregistrés');
      expect(await page.inputValue('input[name="to"]')).toBe('17:30');
    });
    it('axe finds nothing serious', SOAKED, async () => {
      expect(await axeFaults(await settings())).toEqual([]);
    });
  },
);
