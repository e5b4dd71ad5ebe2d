/** A pupil who reads draws and speaks instead of choosing a file, in a real browser. */
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults } from '../../../tests/shared/page-faults.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openPages } from '../../testing/pages.ts';

const LINA = 'lina.moreau';

const { town, visits } = await openPages();

describe.skipIf(!hasChromium())('a pupil (skipped where chromium is not installed)', () => {
  it('draws on a pad, puts it away and goes on; the drawing goes where photos are closed', async () => {
    const page = await visits.enter(LINA);
    await page.goto(`${visits.base}/write`);
    expect(await page.locator('[data-record]').isVisible()).toBe(true);
    await page.click(`label[for="to-${town.address('noe.garnier')}"]`);
    await page.click('[data-pad-opens]');
    await page.waitForSelector('.pad-over canvas');
    const box = await page.locator('.pad-over canvas').nth(1).boundingBox();
    if (box === null) throw new Error('no paper');
    await page.mouse.move(box.x + 40, box.y + 40);
    await page.mouse.down();
    for (let at = 0; at < 20; at += 1) await page.mouse.move(box.x + 40 + at * 9, box.y + 90 + at);
    await page.mouse.up();
    expect(await pageFaults(page, 'pad')).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('.pad-over').isVisible()).toBe(false);
    await page.click('[data-pad-opens]');
    await page.click('[data-take]');
    await page.waitForSelector('.clip img.thumb');
    await page.fill('#b', 'Regarde !');
    await page.click('[data-send]');
    await page.waitForSelector('.toast');
    await expect
      .poll(() => town.rows('noe.garnier'))
      .toMatchObject([
        { attachments: [{ name: 'dessin.png', mediaType: 'image/png', isDrawn: true }] },
      ]);
  });

  it('finds neither without script: a file is chosen', SOAKED, async () => {
    const page = await visits.enter(LINA, { javaScriptEnabled: false });
    await page.goto(`${visits.base}/write`);
    expect(await page.locator('[data-pad-opens]').isVisible()).toBe(false);
    expect(await page.locator('[data-record]').isVisible()).toBe(false);
    expect(await page.locator('label[for="fl"]').isVisible()).toBe(true);
  });
});
