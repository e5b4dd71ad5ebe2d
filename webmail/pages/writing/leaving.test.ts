import { afterEach, describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { faultsInPassing, pageFaults, wideFaults } from '../../../tests/shared/page-faults.ts';
import type { AnyPage } from '../../../tests/shared/plain/page.ts';
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
      await town.send('claire.lefevre', ['lina.moreau'], { subject: 'Ta lecture', text: 'Bravo.' });
      const page = await visits.enter('lina.moreau');
      await page.click('.msg:has-text("Ta lecture") >> nth=0');
      await page.waitForURL(/\/mail\/inbox\/\d+$/);
      const { pathname } = new URL(page.url());
      await page.clock.install();
      await page.click('text=Répondre à');
      await page.fill('#b', 'Merci !');
      await page.click('[data-send]');
      await page.waitForSelector('.toast');
      expect(await toast(page)).toBe(
        'Ton message part à Madame Lefèvre dans 10 secondes.Attends !',
      );
      expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(pathname);
      expect(await faultsInPassing(page, 'toast-child')).toEqual([]);
      await page.clock.runFor(3_000);
      expect(await toast(page)).toMatch(/dans [1-7] seconde/);
      await page.click('.toast button');
      await page.waitForURL('**/write/letter/*');
      expect(await page.inputValue('#b')).toBe('Merci !');
      await page.click('[data-send]');
      await page.waitForSelector('.toast');
      await page.clock.runFor(11_000);
      expect(await toast(page)).toBe('Ton message est parti à Madame Lefèvre.');
      await page.clock.runFor(7_000);
      expect(await page.locator('.toast').count()).toBe(0);
      expect(await sentBy('lina.moreau')).toEqual([]); // no worker runs here: it is due
    });

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

    it('a child whose letter an adult reads first is told who, and may still say « Attends ! »', async () => {
      const moderated = (how: string) =>
        town.admin.query(`update class set moderation = $1 where name = 'CE1 A'`, [how]);
      await moderated('all');
      await town.admin.query('update school set roster_version = roster_version + 1');
      const page = await visits.enter('lina.moreau', { at: '/write' });
      await page.clock.install();
      await page.click(`label[for="to-${town.address('noe.garnier')}"]`);
      await page.fill('#b', 'On joue ?');
      await page.click('[data-send]');
      await page.waitForSelector('.toast');
      const said = 'Madame Lefèvre lit ton message d’abord. Il partira après.';
      expect(await toast(page)).toBe(`${said}Attends !`);
      await page.clock.runFor(4_000);
      expect(await toast(page)).toBe(`${said}Attends !`);
      await page.clock.runFor(7_000);
      expect(await toast(page)).toBe(said);
      await moderated('open');
      await town.admin.query('update school set roster_version = roster_version + 1');
    });

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

    it('a teacher makes a group without script, and with one finds it in « À », by its number; nobody reads its name', async () => {
      const plain = await visits.read('claire.lefevre', '/write');
      await plain.fill('#b', 'Pour jeudi, page 12.');
      await plain.click('button[value=groups]');
      expect(new URL(plain.url()).pathname).toBe('/groups');
      await plain.click('text=Nouveau groupe');
      await plain.fill('#name', 'Groupe lecture');
      await plain.click('text=Enregistrer le groupe');
      expect(await plain.textContent('[role=alert]')).toContain('Cochez au moins un élève.');
      expect(await plain.inputValue('#name')).toBe('Groupe lecture');
      for (const name of ['Lina Moreau', 'Noé Garnier'])
        await plain.click(`label:has-text("${name}")`);
      await plain.click('text=Enregistrer le groupe');
      expect(await plain.textContent('.own-groups')).toContain('Groupe lecture\u00a0: 2');
      const page = await visits.enter('claire.lefevre', { at: '/groups' });
      expect(await wideFaults(page, 'groups')).toEqual([]);
      await page.click('.own-groups >> text=Changer');
      expect(await faultsInPassing(page, 'group')).toEqual([]);
      await page.goto(`${visits.base}/mail/drafts`);
      await page.click('.msg:has-text("Pour jeudi")');
      await page.type('#f', 'lecture');
      await page.waitForSelector('.opt');
      expect(await page.textContent('.sug .grp')).toBe('Mes groupes');
      await page.keyboard.press('Enter');
      expect(await page.textContent('[data-people="to"] .toks .cut')).toBe(
        'Groupe lecture\u00a0: 2',
      );
      expect(await page.textContent('[data-note]')).toContain('Personne ne voit qui d’autre');
      expect(await page.isVisible('text=À toute la liste')).toBe(false);
      expect(await wideFaults(page, 'write-to-group')).toEqual([]);
      expect(await page.textContent('[data-send]')).toBe('Envoyer à 2 personnes');
      await page.click('[data-send]');
      await page.waitForSelector('.toast');
      expect(await toast(page)).toContain('part à Groupe lecture dans 10 secondes.');
    });

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
      expect(await wideFaults(page, 'write-with-templates')).toEqual([]);
    });
  },
);
