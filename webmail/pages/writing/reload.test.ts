/** Who reloads a page that keeps by itself is quicker than what it threw after itself. */
import { expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { draftsOf } from '../../testing/drafts.ts';
import { openPages } from '../../testing/pages.ts';

const { town, visits } = await openPages();
const LONG = { timeout: 30_000 };

it.skipIf(!hasChromium())(
  'shows who reloads what the page threw after itself, though it comes late, and goes on with that alone',
  { timeout: 120_000 },
  async () => {
    const { writings } = town.core;
    const { keep } = writings;
    let lateMs = 0;
    Object.assign(writings, {
      keep: async (...given: Parameters<typeof keep>) => {
        await new Promise((resolve) => {
          setTimeout(resolve, lateMs);
        });
        return keep(...given);
      },
    });
    try {
      const page = await visits.enter('claire.lefevre');
      await page.goto(`${visits.base}/write`);
      await page.fill('#o', 'Sortie');
      await page.fill('#b', 'Départ à huit');
      await page.waitForSelector('[data-kept]:has-text("Enregistré")');
      await page.fill('#b', 'Départ à huit heures.');
      lateMs = 3_000;
      await page.reload();
      lateMs = 0;
      expect(await page.inputValue('#b')).toBe('Départ à huit');
      // Whoever types on at once types nothing into a text that is about to go.
      await page.locator('#b').evaluate((field: HTMLElement) => field.focus());
      await page.keyboard.type(' !');
      await expect.poll(() => page.inputValue('#b'), LONG).toBe('Départ à huit heures.');
      await page.click('#b');
      await page.keyboard.press('Control+End');
      await page.keyboard.type(' Pique-nique.');
      await expect
        .poll(() => draftsOf(town, 'claire.lefevre'), LONG)
        .toEqual(['Sortie: Départ à huit heures. Pique-nique.']);
      expect(await page.locator('[data-unkept]').isVisible()).toBe(false);
    } finally {
      Object.assign(writings, { keep });
    }
  },
);
