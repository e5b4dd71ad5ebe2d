import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { faultsInPassing, pageFaults, wideFaults } from '../../../tests/shared/page-faults.ts';
import type { AnyPage } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { eraseDrafts } from '../../testing/drafts.ts';
import { openPages } from '../../testing/pages.ts';

const { town, visits } = await openPages({ env: { PREAU_UNDO_SECONDS: '10' } });

const toast = async (page: AnyPage): Promise<string> =>
  ((await page.textContent('.toast')) ?? '').replaceAll('\u00a0', ' ').trim();
const sentBy = async (local: string) =>
  (await town.rows(local, 'sent')).map(({ subject }) => subject);

/** Writes a letter on the page that is open, to a list in one touch. */
async function writeToClass(page: AnyPage, subject: string): Promise<void> {
  await page.click('[data-quick] >> nth=0');
  await page.fill('#o', subject);
  await page.fill('#b', 'Bonjour à tous');
}

describe.skipIf(!hasChromium())(
  'a letter between its button and its readers, in a browser (skipped where chromium is not installed)',
  { timeout: 60_000 },
  () => {
    afterEach(async () => {
      await visits.leave();
      for (const local of ['lina.moreau', 'claire.lefevre']) await eraseDrafts(town, local);
    });

    it('a child is back where they were, has ten seconds to say « Attends ! », and goes on writing', async () => {
      await waits();
    });

    it(
      'a letter has left after ten seconds, and its page says so for some more',
      SOAKED,
      async () => {
        const page = await waits();
        await page.click('[data-send]');
        await page.waitForSelector('.toast');
        expect(await faultsInPassing(page, 'toast-child')).toEqual([]);
        await page.clock.runFor(11_000);
        expect(await toast(page)).toBe('Ton message est parti à Madame Lefèvre.');
        await page.clock.runFor(7_000);
        expect(await page.locator('.toast').count()).toBe(0);
        expect(await sentBy('lina.moreau')).toEqual([]); // no worker runs here: it is due
      },
    );

    /** A child answers, and says « Attends ! » after three seconds. */
    async function waits(): Promise<Page> {
      await town.send('claire.lefevre', ['lina.moreau'], { subject: 'Ta lecture', text: 'Bravo.' });
      const pathname = `/mail/inbox/${(await town.rows('lina.moreau'))[0]?.uid}`;
      const page = await visits.enter('lina.moreau', { at: pathname });
      await page.clock.install();
      await page.click('text=Répondre à');
      await page.fill('#b', 'Merci !');
      await page.click('[data-send]');
      await page.waitForSelector('.toast');
      expect(await toast(page)).toBe(
        'Ton message part à Madame Lefèvre dans 10 secondes.Attends !',
      );
      expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(pathname);
      await page.clock.runFor(3_000);
      expect(await toast(page)).toMatch(/dans [1-7] seconde/);
      await page.click('.toast button');
      await page.waitForURL('**/write/letter/*');
      expect(await page.inputValue('#b')).toBe('Merci !');
      return page;
    }

    it('a teacher lets a letter leave later, finds it among « Programmés », and takes it back or sends it now', async () => {
      const page = await visits.read('claire.lefevre', '/mail/sent');
      await page.click('.places a[href="/write"]');
      await writeToClass(page, 'La piscine');
      await page.click('summary.btn.main');
      expect(await pageFaults(page, 'later-menu')).toEqual([]);
      await page.click('text=Demain à 8');
      await page.waitForSelector('.toast');
      expect(await toast(page)).toContain('« La piscine » partira demain à 8 h.');
      expect(new URL(page.url()).pathname).toBe('/mail/sent');
      await page.goto(`${visits.base}/mail/drafts`);
      expect(await page.textContent('.state-badge')).toContain('Programmé');
      await page.click('.places a[href="/write/later"]');
      expect(await page.textContent('.lines')).toContain('demain à 8\u00a0h');
      expect(await pageFaults(page, 'programmes')).toEqual([]);
      await page.click('text=Reprendre');
      expect(await page.inputValue('#o')).toBe('La piscine');
      await page.goto(`${visits.base}/write/later`);
      expect(await page.textContent('main')).toContain('Aucun message programmé');
    });

    const READ_FIRST = 'Madame Lefèvre lit ton message d’abord. Il partira après.';
    it('a child whose letter an adult reads first is told who, and may still say « Attends ! »', () =>
      readFirst(async () => {
        const page = await visits.read('lina.moreau', '/write');
        await asksToPlay(page);
        expect(await toast(page)).toBe(`${READ_FIRST}Attends !`);
        await page.click('.toast button');
        expect(await page.inputValue('#b')).toBe('On joue ?');
      }));
    it(
      'a child who waits is told that an adult reads their letter first, for as long as they may say « Attends ! »',
      SOAKED,
      () =>
        readFirst(async () => {
          const page = await visits.enter('lina.moreau', { at: '/write' });
          await page.clock.install();
          await asksToPlay(page);
          expect(await toast(page)).toBe(`${READ_FIRST}Attends !`);
          await page.clock.runFor(4_000);
          expect(await toast(page)).toBe(`${READ_FIRST}Attends !`);
          await page.clock.runFor(7_000);
          expect(await toast(page)).toBe(READ_FIRST);
        }),
    );

    async function asksToPlay(page: AnyPage): Promise<void> {
      await page.click(`label[for="to-${town.address('noe.garnier')}"]`);
      await page.fill('#b', 'On joue ?');
      await page.click('[data-send]');
      await page.waitForSelector('.toast');
    }

    /** Does something while a class's teacher reads its letters first. */
    async function readFirst(meanwhile: () => Promise<void>): Promise<void> {
      const moderated = async (how: string) => {
        await town.admin.query(`update class set moderation = $1 where name = 'CE1 A'`, [how]);
        await town.admin.query('update school set roster_version = roster_version + 1');
      };
      await moderated('all');
      await meanwhile();
      await moderated('open');
    }

    it('without script too: sent, taken back by the toast, given a day and an hour', async () => {
      const page = await visits.read('claire.lefevre', '/mail/archive');
      await page.click('.places a[href="/write"]');
      await writeToClass(page, 'La cantine');
      await page.click('[data-send]');
      expect(await toast(page)).toContain('« La cantine » part à CE1 A dans 10 secondes.');
      await page.click('.toast button');
      expect(await page.inputValue('#o')).toBe('La cantine');
      await page.click('summary.btn.main');
      await page.fill('#wd', '2026-11-23');
      await page.click('text=Valider');
      expect(await page.textContent('[role=alert]')).toContain('Choisissez un jour et une heure');
      await page.click('summary.btn.main');
      await page.fill('#wd', '2026-11-27');
      await page.fill('#wh', '07:30');
      await page.click('text=Valider');
      expect(await toast(page)).toContain('partira vendredi 27 novembre à 7 h 30.');
      const [one] = await town.core.writings.scheduled(await town.viewer('claire.lefevre'));
      expect(one?.kind === 'waits' && one.at.toISOString()).toBe('2026-11-27T06:30:00.000Z');
    });

    it('a teacher makes a group without script, and writes to it by its number', async () => {
      await makesGroup('Groupe lecture');
    });

    it(
      'a teacher finds a group in « À », by its number; nobody reads its name',
      SOAKED,
      async () => {
        await makesGroup('Groupe calcul');
        const page = await visits.enter('claire.lefevre', { at: '/groups' });
        expect(await wideFaults(page, 'groups')).toEqual([]);
        await page.click('.own-groups >> text=Changer');
        expect(await faultsInPassing(page, 'group')).toEqual([]);
        await page.goto(`${visits.base}/mail/drafts`);
        await page.click('.msg:has-text("Pour jeudi")');
        await page.type('#f', 'calcul');
        await page.waitForSelector('.opt');
        expect(await page.textContent('.sug .grp')).toBe('Mes groupes');
        await page.keyboard.press('Enter');
        expect(await page.textContent('[data-people="to"] .toks .cut')).toBe(
          'Groupe calcul\u00a0: 2',
        );
        expect(await page.textContent('[data-note]')).toContain('Personne ne voit qui d’autre');
        expect(await page.isVisible('text=À toute la liste')).toBe(false);
        expect(await wideFaults(page, 'write-to-group')).toEqual([]);
        expect(await page.textContent('[data-send]')).toBe('Envoyer à 2 personnes');
        await page.click('[data-send]');
        await page.waitForSelector('.toast');
        expect(await toast(page)).toContain('part à Groupe calcul dans 10 secondes.');
      },
    );

    async function makesGroup(called: string): Promise<void> {
      const plain = await visits.read('claire.lefevre', '/write');
      await plain.fill('#b', 'Pour jeudi, page 12.');
      await plain.click('button[value=groups]');
      expect(new URL(plain.url()).pathname).toBe('/groups');
      await plain.click('text=Nouveau groupe');
      await plain.fill('#name', called);
      await plain.click('text=Enregistrer le groupe');
      expect(await plain.textContent('[role=alert]')).toContain('Cochez au moins un élève.');
      expect(await plain.inputValue('#name')).toBe(called);
      for (const name of ['Lina Moreau', 'Noé Garnier'])
        await plain.click(`label:has-text("${name}")`);
      await plain.click('text=Enregistrer le groupe');
      expect(await plain.textContent('.own-groups')).toContain(`${called}\u00a0: 2`);
    }

    it('makes a template of a letter and fills another one with it, without script; it sends nothing', async () => {
      const plain = await visits.read('claire.lefevre', '/write');
      await plain.fill('#o', 'Sortie du …');
      await plain.fill('#b', 'Le départ est à … h.');
      await plain.click('.templates summary');
      await plain.click('button[value=make-template]');
      expect(await plain.textContent('[role=alert]')).toContain('Donnez un nom au modèle.');
      await plain.click('.templates summary');
      await plain.fill('#tt', 'Mot de sortie');
      await plain.click('button[value=make-template]');
      expect(await plain.textContent('[role=alert]')).toContain(
        '« Mot de sortie » est enregistré.'.replaceAll(' »', '\u00a0»').replaceAll('« ', '«\u00a0'),
      );
      await eraseDrafts(town, 'claire.lefevre');
      await plain.goto(`${visits.base}/write`);
      await plain.fill('#b', 'À jeudi !');
      await plain.click('.templates >> text=Mot de sortie');
      expect(await plain.inputValue('#o')).toBe('Sortie du …');
      expect(await plain.inputValue('#b')).toBe('Le départ est à … h.\n\nÀ jeudi !');
      expect(await sentBy('claire.lefevre')).not.toContain('Sortie du …');
      const head = await visits.read('mamadou.diallo', '/templates');
      await head.click('text=Commencer avec quatre modèles');
      expect(await head.locator('.own-groups li').count()).toBe(4);
      expect(await pageFaults(head, 'templates')).toEqual([]);
      await head.click('.own-groups >> text=Changer >> nth=0');
      expect(await wideFaults(head, 'template')).toEqual([]);
      const page = await visits.read('claire.lefevre', '/write');
      await page.click('.templates >> text=Cantine');
      await page.waitForURL('**/write/letter/*');
      expect(await page.inputValue('#o')).toContain('Cantine');
    });

    it('templates beside a letter fit', SOAKED, async () => {
      const head = await visits.read('mamadou.diallo', '/templates');
      await head.click('text=Commencer avec quatre modèles');
      await head.goto(`${visits.base}/write`);
      expect(await wideFaults(head, 'write-with-templates')).toEqual([]);
    });
  },
);
