/** Who reloads a page that keeps by itself is quicker than what it threw after itself. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { grainyPng } from '../../../core/letters/message/testing/documents.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { draftsOf } from '../../testing/drafts.ts';
import { openPages } from '../../testing/pages.ts';

const { town, visits } = await openPages();
const PICTURE = { name: 'mer.png', mimeType: 'image/png', buffer: grainyPng(64, 40) };
/** Longer than the pauses after which a page saves, and between two saves. */
const REST_MS = 5_100;
const LONG = { timeout: 30_000 };

it.skipIf(!hasChromium())(
  'shows who reloads what the page threw after itself, though it comes late, and goes on with that alone',
  { timeout: 120_000 },
  async () => {
    const { writings } = town.core;
    const { keep } = writings;
    const comes = Promise.withResolvers<void>();
    let until = Promise.resolve();
    Object.assign(writings, {
      keep: async (...given: Parameters<typeof keep>) => {
        await until;
        return keep(...given);
      },
    });
    try {
      const page = await visits.enter('claire.lefevre', { at: '/write', clock: 'moved' });
      await page.fill('#o', 'Sortie');
      await page.fill('#b', 'Départ à huit');
      await page.clock.fastForward(REST_MS);
      await page.waitForSelector('[data-kept]:has-text("Enregistré")');
      await page.fill('#b', 'Départ à huit heures.');
      until = comes.promise;
      await page.reload();
      until = Promise.resolve();
      expect(await page.inputValue('#b')).toBe('Départ à huit');
      // Whoever types on at once types nothing into a text that is about to go.
      await page.locator('#b').evaluate((field: HTMLElement) => field.focus());
      await page.keyboard.type(' !');
      comes.resolve();
      await expect.poll(() => page.inputValue('#b'), LONG).toBe('Départ à huit heures.');
      await page.click('#b');
      await page.keyboard.press('Control+End');
      await page.keyboard.type(' Pique-nique.');
      await page.clock.fastForward(REST_MS);
      await expect
        .poll(() => draftsOf(town, 'claire.lefevre'), LONG)
        .toEqual(['Sortie: Départ à huit heures. Pique-nique.']);
      expect(await page.locator('[data-unkept]').isVisible()).toBe(false);
    } finally {
      comes.resolve();
      Object.assign(writings, { keep });
    }
  },
);

/** Pictures come no sooner than `until`. */
async function holdPictures(page: Page, until: () => Promise<unknown>): Promise<void> {
  await page.unroute('**/picture/*');
  await page.route('**/picture/*', async (route) => {
    await until();
    await route.continue();
  });
}

const shownWidth = (page: Page): Promise<number> =>
  page
    .locator('.clip img.thumb')
    .evaluate((one: HTMLImageElement) => (one.complete ? one.naturalWidth : 0));

it.skipIf(!hasChromium())(
  'shows a picture that comes later than the next save, and that of a page which is reloaded before its save',
  SOAKED,
  async () => {
    const page = await visits.enter('julie.robin', { at: '/write' });
    await page.fill('#b', 'La mer');
    const { promise, resolve: saved } = Promise.withResolvers<void>();
    await holdPictures(page, () => promise);
    await page.setInputFiles('[data-files]', PICTURE);
    await page.locator('.clip:not(.coming)').waitFor();
    await page.fill('#b', 'La mer est');
    const answer = page.waitForResponse('**/write/keep');
    await page.evaluate(() => window.dispatchEvent(new Event('focus'))); // who comes back is kept
    await answer;
    saved();
    await expect.poll(() => shownWidth(page), LONG).toBe(64);

    const gone: number[] = [];
    page.on('response', (answer) => {
      if (answer.url().includes('/picture/')) gone.push(answer.status());
    });
    const { keep } = town.core.writings;
    let arrived = Promise.resolve<unknown>(null);
    await holdPictures(page, () => arrived);
    await page.fill('#b', 'La mer est verte.');
    Object.assign(town.core.writings, {
      keep: async (...given: Parameters<typeof keep>) => {
        await new Promise((resolve) => {
          setTimeout(resolve, 1_000);
        });
        return keep(...given);
      },
    });
    arrived = expect
      .poll(() => draftsOf(town, 'julie.robin'), LONG)
      .toEqual([': La mer est verte.']);
    try {
      await page.reload({ waitUntil: 'commit' });
      await expect.poll(() => page.inputValue('#b'), LONG).toBe('La mer est verte.');
      await expect.poll(() => shownWidth(page), LONG).toBe(64);
      expect(gone).toContain(404);
    } finally {
      Object.assign(town.core.writings, { keep });
    }
  },
);
