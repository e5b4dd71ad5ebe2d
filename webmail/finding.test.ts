/** One's own folders and the search of all mail, in a browser. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../core/testing/town.ts';
import { hasChromium } from '../tests/shared/chromium.ts';
import { pageFaults } from '../tests/shared/page-faults.ts';
import { openVisits, type Visits } from './testing/visits.ts';

let town: TestTown;
let visits: Visits;
const text = async (page: Page, selector = 'main') =>
  ((await page.textContent(selector)) ?? '').replace(/\s+/g, ' ').trim();

describe.skipIf(!hasChromium())(
  'finding again, in a browser (skipped where chromium is not installed)',
  { timeout: 120_000 },
  () => {
    beforeAll(async () => {
      town = await openTestTown();
      visits = await openVisits(town, () => town.clock.now);
    });
    afterEach(() => visits.leave());
    afterAll(async () => {
      await visits?.close();
      await town?.close();
    });

    it('a teacher makes folders, two deep, renames and moves them, is told why not, and what becomes of the mail of one that goes', async () => {
      const page = await visits.enter('claire.lefevre', { javaScriptEnabled: false });
      await page.goto(`${visits.base}/folders`);
      const make = async (name: string, parent = ''): Promise<void> => {
        await page.fill('#name-new', name);
        await page.selectOption('#in-new', parent);
        await page.click('text=Créer le dossier');
      };
      await make('Sorties');
      expect(await text(page, '.banner')).toBe('Le dossier est créé.');
      await make('Musée', 'Sorties');
      await make('Conseil d’école');
      await make('sorties/2026');
      expect(await text(page, '.err')).toContain('Ce nom ne peut pas être celui d’un dossier.');
      await make('Sorties');
      expect(await text(page, '.err')).toContain('Un dossier porte déjà ce nom à cet endroit.');
      expect(await page.locator('.folder b').allTextContents()).toEqual([
        'Conseil d’école',
        'Sorties',
        'Musée',
      ]);
      expect(await pageFaults(page, 'folders')).toEqual([]);
      await page.click('.folder:has-text("Conseil") >> text=Renommer');
      await page.fill('.folder:has-text("Conseil") input[name=name]', 'Conseils');
      await page.selectOption('.folder:has-text("Conseil") select', 'Sorties');
      await page.click('.folder:has-text("Conseil") button:has-text("Enregistrer")');
      const viewer = await town.viewer('claire.lefevre');
      const paths = async (): Promise<string[]> =>
        (await town.core.mail.mailboxes(viewer)).flatMap(({ use, name }) =>
          use === null ? [name] : [],
        );
      expect(await paths()).toEqual(['Sorties', 'Sorties/Musée', 'Sorties/Conseils']);
      await town.send('samira.benali', ['claire.lefevre'], { subject: 'Le car' });
      const [row] = await town.rows('claire.lefevre');
      const museum = (await town.core.mail.mailboxes(viewer)).find(({ name }) =>
        name.endsWith('Musée'),
      );
      if (row && museum) await town.core.mail.move(viewer, row.mailbox, [row.uid], museum.id);
      await page.reload();
      await page.click('.folder:has-text("Sorties") >> nth=0 >> summary:has-text("Supprimer")');
      expect(await text(page, '.folder >> nth=0')).toContain(
        '1 message va dans la corbeille, où vous les retrouvez tant que vous ne la videz pas. 2 dossiers qu’il contient partent avec lui.',
      );
      await page.click('.folder >> nth=0 >> form button.no');
      expect(await paths()).toEqual([]);
      expect((await town.rows('claire.lefevre', 'trash')).map(({ subject }) => subject)).toEqual([
        'Le car',
      ]);
      await page.goto(`${visits.base}/folders`);
      expect(await text(page)).toContain('Vous n’avez pas encore de dossier.');
      const lina = await visits.enter('lina.moreau');
      expect((await lina.goto(`${visits.base}/folders`))?.status()).toBe(404);
    });
  },
);
