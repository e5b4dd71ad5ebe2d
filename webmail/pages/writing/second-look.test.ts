import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import type { AnyPage } from '../../../tests/shared/plain/page.ts';
import { openPages } from '../../testing/pages.ts';

const { town, visits } = await openPages();

/** Writes to Noé and presses « Envoyer ». */
async function sends(page: AnyPage, text: string): Promise<void> {
  await page.goto(`${visits.base}/write`);
  await page.click(`label[for="to-${town.address('noe.garnier')}"]`);
  await page.fill('#b', text);
  await page.click('[data-send]');
}

async function marked(page: AnyPage): Promise<string[]> {
  await page.waitForSelector('.second');
  return page.locator('.doubt').allTextContents();
}
const subjects = async (local: string): Promise<string[]> =>
  (await town.rows(local)).map(({ preview }) => preview);

describe.skipIf(!hasChromium())(
  'a pupil’s insult is looked at twice (skipped where chromium is not installed)',
  { timeout: 120_000 },
  () => {
    it('changed before it goes, or sent as it is to where the teacher reads it', () =>
      story('sans'));
    it('and so with script', { tags: 'soak' }, () => story('avec'));

    async function story(script: 'avec' | 'sans'): Promise<void> {
      const page: AnyPage =
        script === 'avec' ? await visits.enter('lina.moreau') : await visits.read('lina.moreau');
      await sends(page, `Rends ma bille ${script}. T’es trop nul !`);
      expect(await marked(page)).toEqual(['T’es trop nul']);
      expect(await page.textContent('.second')).toContain('faire de la peine à Noé');
      await page.click('text=Je change mes mots');
      expect(await page.inputValue('#b')).toBe(`Rends ma bille ${script}. T’es trop nul !`);
      await page.fill('#b', `Rends ma bille ${script}, s’il te plaît.`);
      await page.click('[data-send]');
      await page.waitForURL(/\/mail\//);
      expect(await subjects('noe.garnier')).toContainEqual(
        expect.stringContaining(`Rends ma bille ${script}, s’il te plaît.`),
      );

      const teacher = await visits.read('claire.lefevre');
      const [own] = (await town.viewer('claire.lefevre')).classes;
      await teacher.goto(`${visits.base}/classes/${own?.id}/settings`);
      await teacher.click('summary:has-text("Relire avant")');
      await teacher.check('[name="secondLook"][value="holds"]');
      await teacher.click('form[aria-labelledby="secondLook"] button');
      expect(await teacher.textContent('.class-says')).toContain('relecture');

      // What is asked the second time is asked as the first: without a browser.
      const plain = await visits.read('lina.moreau');
      await sends(plain, `Tout le monde te déteste ${script}.`);
      expect(await plain.textContent('.second')).toContain('Je l’envoie comme ça');
      await plain.click('text=Je l’envoie comme ça');
      await plain.waitForURL(/\/mail\//);
      await teacher.goto(`${visits.base}/held`);
      expect(await teacher.textContent('#list')).toContain(
        `«\u00a0Tout le monde te déteste ${script}\u00a0»`,
      );
    }
  },
);
