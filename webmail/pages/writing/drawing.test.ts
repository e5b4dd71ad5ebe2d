/** A pupil who reads draws and speaks instead of choosing a file, in a real browser. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { faultsInPassing } from '../../../tests/shared/page-faults.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { beginToSpeak, speak, tone } from '../../testing/microphone.ts';
import { openPages } from '../../testing/pages.ts';

const LINA = 'lina.moreau';

const { town, visits } = await openPages();

describe.skipIf(!hasChromium())('a pupil (skipped where chromium is not installed)', () => {
  it('draws on a pad, puts it away and goes on; the drawing goes where photos are closed', async () => {
    const page = await visits.enter(LINA, { at: '/write' });
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
    expect(await faultsInPassing(page, 'pad')).toEqual([]);
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

  it('speaks, and their letter has what they said', async () => {
    await spoken('adele.vidal');
    expect((await town.rows(LINA, 'drafts'))[0]?.attachments).toMatchObject([
      { mediaType: expect.stringMatching(/^audio/) },
    ]);
  });

  it(
    'hears what they said, though the letter was kept since, and sends while they still speak',
    SOAKED,
    async () => {
      const page = await spoken('adele.vidal');
      const voice = page.locator('.clip audio');
      const before = await voice.getAttribute('src');
      await page.fill('#b', 'Écoute !');
      await page.evaluate(() => window.dispatchEvent(new Event('focus'))); // who comes back is kept
      await expect.poll(() => voice.getAttribute('src')).not.toBe(before);
      expect(
        await voice.evaluate((one: HTMLAudioElement) => one.play().then(() => one.error)),
      ).toBeNull();
      await beginToSpeak(page);
      await page.click('[data-send]');
      await page.waitForSelector('.toast');
      const [letter] = await town.rows('adele.vidal');
      expect(letter?.attachments.map(({ mediaType }) => mediaType.split('/')[0])).toEqual([
        ...['audio', 'audio'],
      ]);
    },
  );

  /** A letter to somebody in which they have spoken for a second. */
  async function spoken(to: string): Promise<Page> {
    const page = await visits.enter(LINA);
    await tone(page);
    await page.goto(`${visits.base}/write`);
    await page.click(`label[for="to-${town.address(to)}"]`);
    await speak(page);
    await page.waitForSelector('.clip audio');
    return page;
  }

  it('finds neither without script: a file is chosen', SOAKED, async () => {
    const page = await visits.enter(LINA, { at: '/write', javaScriptEnabled: false });
    expect(await page.locator('[data-pad-opens]').isVisible()).toBe(false);
    expect(await page.locator('[data-record]').isVisible()).toBe(false);
    expect(await page.locator('label[for="fl"]').isVisible()).toBe(true);
  });
});
