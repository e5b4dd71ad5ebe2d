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

/** Opens what somebody has of a letter, from the list of a folder. */
async function opened(
  local: string,
  subject: string,
  { folder = 'inbox', javaScriptEnabled = true } = {},
): Promise<Page> {
  const page = await visits.enter(local, { javaScriptEnabled });
  await page.goto(`${visits.base}/mail/${folder}`);
  await page.click(`.msg:has-text("${subject}") >> nth=0`);
  await page.waitForSelector(local === 'lina.moreau' ? '#letter' : '.paper');
  return page;
}

describe.skipIf(!hasChromium())(
  'a letter once it is sent, in a browser (skipped where chromium is not installed)',
  { timeout: 60_000 },
  () => {
    beforeAll(async () => {
      town = await openTestTown();
      // The database's own clock says when something was sent.
      town.clock.now = new Date();
      visits = await openVisits(town, () => town.clock.now);
    });
    afterEach(() => visits.leave());
    afterAll(async () => {
      await visits?.close();
      await town?.close();
    });

    it('is recalled by its writer in one tap, without script too; who has read it is told so', async () => {
      const subject = 'La sortie au musée';
      await town.send('claire.lefevre', ['ce1-a.tilleuls'], { subject, via: 'web' });
      await opened('lina.moreau', subject);
      const page = await opened('claire.lefevre', subject, {
        folder: 'sent',
        javaScriptEnabled: false,
      });
      expect(await text(page, '.recall')).toContain('vous pouvez le rappeler');
      await page.click('.recall button');
      expect(await text(page)).toContain('23 copies non lues ont été reprises');
      expect(await text(page)).toContain('1 personne l’avait lu et voit qu’il est rappelé.');
      expect(await text(page, '.msg[aria-current]')).toContain('Rappelé');
      const again = await opened('claire.lefevre', subject, { folder: 'sent' });
      expect(await pageFaults(again, 'recalled')).toEqual([]);
      const lina = await opened('lina.moreau', subject);
      expect(await text(lina)).toContain('a rappelé ce message. Ce qu’il dit ne compte plus.');
      expect(await pageFaults(lina, 'recalled-child')).toEqual([]);
    });

    it('shows who has read it, by name or as a count; a reader says « Bien lu », and the others are reminded there', async () => {
      const subject = 'Les photos de classe';
      await town.send('claire.lefevre', ['ce1-a.tilleuls', 'samira.benali', 'karim.haddad'], {
        subject,
        via: 'web',
      });
      const lina = await opened('lina.moreau', subject);
      expect(await pageFaults(lina, 'well-read-child')).toEqual([]);
      const samira = await opened('samira.benali', subject, { javaScriptEnabled: false });
      await samira.click('text=Bien lu');
      expect(await text(samira)).toContain('Vous avez dit « Bien lu ».');
      const page = await opened('claire.lefevre', subject, { folder: 'sent' });
      const fate = await text(page, '.fate');
      expect(fate).toContain('1 élève sur 24 l’a lu');
      expect(fate).toContain('1 sur 2 a dit « Bien lu » parmi les adultes et les familles');
      await page.click('.fate summary');
      expect(await page.locator('.unread li').count()).toBe(23);
      expect(await pageFaults(page, 'who-read')).toEqual([]);
      await page.click('text=Relancer les 24 autres');
      await page.waitForSelector('.fate [role=status]');
      expect(await text(page, '.fate')).toContain('Vous avez relancé les autres');
      const noe = (await town.rows('noe.garnier')).map((row) => row.subject);
      expect(noe).toContain(`À lire\u00a0: ${subject}`);
    });

    it('waits for a word: its writer, a child, sees for whom and since when, and takes it back', async () => {
      const subject = 'Le goûter de Noé';
      await town.admin.query(`
        update class set moderation = 'all'
        where id = (select target_id from address where local = 'ce1-a.tilleuls');
        update school set roster_version = roster_version + 1
      `);
      await town.send('lina.moreau', ['noe.garnier'], { subject, via: 'web' });
      const claire = await town.viewer('claire.lefevre');
      expect(await town.core.moderation.waitingCount(claire)).toBe(1);
      const page = await opened('lina.moreau', subject, { folder: 'sent' });
      expect(await text(page)).toMatch(/Il attend depuis aujourd’hui à .*, pour Noé\./);
      expect(await pageFaults(page, 'held-child')).toEqual([]);
      await page.click('text=Reprendre mon message');
      await page.waitForSelector('.banner:has-text("Tu as repris ce message.")');
      expect(await page.locator('text=Reprendre mon message').count()).toBe(0);
      expect(await town.core.moderation.waiting(claire)).toEqual([]);
      expect((await town.rows('noe.garnier')).map((row) => row.subject)).not.toContain(subject);
      await page.goto(`${visits.base}/mail/sent`);
      expect(await text(page, `.msg:has-text("${subject}")`)).toContain('Repris');
    });

    it('says when it is too late to recall it', async () => {
      const subject = 'Trop tard';
      await town.send('claire.lefevre', ['noe.garnier'], { subject, via: 'web' });
      const page = await opened('claire.lefevre', subject, { folder: 'sent' });
      expect(await pageFaults(page, 'may-recall')).toEqual([]);
      await town.admin.query(
        `update message set received_at = now() - interval '2 hours' where subject = $1`,
        [subject],
      );
      await page.click('.recall button');
      await page.waitForSelector('.banner.stop');
      expect(await text(page)).toContain('Il est trop tard pour rappeler ce message');
      expect(await page.locator('.recall').count()).toBe(0);
    });
  },
);
