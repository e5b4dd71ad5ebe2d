import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listSites } from '../../../core/mail/sites/testing/list.ts';
import { NO_CHOICE } from '../../../core/roster/sites.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults, plainWideFaults } from '../../../tests/shared/page-faults.ts';
import { text, type PlainPage } from '../../../tests/shared/plain/page.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

let town: TestTown;
let visits: Visits;

/** Opens what somebody has of a letter, from the list of a folder. */
async function opened(local: string, subject: string, folder = 'inbox'): Promise<PlainPage> {
  const page = await visits.read(local, `/mail/${folder}`);
  await page.click(`.msg:has-text("${subject}")`);
  return page;
}

describe.skipIf(!hasChromium())(
  'a letter once it is sent (skipped where chromium is not installed)',
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
      const page = await opened('claire.lefevre', subject, 'sent');
      expect(await text(page, '.recall')).toContain('vous pouvez le rappeler');
      await page.click('.recall button');
      expect(await text(page)).toContain('23 copies non lues ont été reprises');
      expect(await text(page)).toContain('1 personne l’avait lu et voit qu’il est rappelé.');
      expect(await text(page, '.msg[aria-current]')).toContain('Rappelé');
      const again = await opened('claire.lefevre', subject, 'sent');
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
      const samira = await opened('samira.benali', subject);
      await samira.click('text=Bien lu');
      expect(await text(samira)).toContain('Vous avez dit « Bien lu ».');
      const page = await opened('claire.lefevre', subject, 'sent');
      const fate = await text(page, '.fate');
      expect(fate).toContain('1 élève sur 24 l’a lu');
      expect(fate).toContain('1 sur 2 a dit « Bien lu » parmi les autres');
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
      const page = await opened('lina.moreau', subject, 'sent');
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

    it('that waits for its writer asks them why, under the letter and among what waits', async () => {
      const subject = 'La fiche du musée';
      await listSites(town.core, { adult: ['interdit.example'] });
      await town.admin.query('update school set sites = $1 where id = 0', [
        JSON.stringify({ ...NO_CHOICE, release: 'writer' }),
      ]);
      await town.send('claire.lefevre', ['karim.haddad'], {
        subject,
        text: 'http://interdit.example',
        via: 'web',
      });
      const page = await opened('claire.lefevre', subject, 'sent');
      for (const path of [null, '/held']) {
        if (path !== null) await page.goto(`${visits.base}${path}`);
        expect(await pageFaults(page, `own-held${path ?? ''}`)).toEqual([]);
        await page.click('button:has-text("Laisser partir")');
        await page.waitForSelector('.banner:has-text("Dites pourquoi ce lien est utile")');
      }
      await page.fill('textarea[name="reason"]', 'Pour la sortie');
      await page.click('button:has-text("Laisser partir")');
      await page.waitForSelector('.banner:has-text("Votre message est parti.")');
      expect((await town.rows('karim.haddad')).map((row) => row.subject)).toContain(subject);
    });

    it('says when it is too late to recall it', async () => {
      const subject = 'Trop tard';
      await town.send('claire.lefevre', ['noe.garnier'], { subject, via: 'web' });
      const page = await opened('claire.lefevre', subject, 'sent');
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

    /** A child taps « Ça me gêne » under a letter; their page after it. */
    async function bothered(from: string, subject: string): Promise<PlainPage> {
      await town.send(from, ['lina.moreau'], { subject, via: 'web' });
      const page = await opened('lina.moreau', subject);
      await page.click('text=Ça me gêne');
      await page.waitForURL('**/helped');
      return page;
    }
    const laterBy = (ms: number) => {
      town.clock.now = new Date(town.clock.now.getTime() + ms);
    };

    it('that was reported by mistake comes back within ten seconds, and nobody has seen anything; later it stays', async () => {
      const subject = 'Pas si grave';
      const lina = await bothered('noe.garnier', subject);
      expect(await plainWideFaults(lina, 'helped')).toEqual([]);
      const claire = await visits.read('claire.lefevre');
      expect(await claire.locator('.banner.stop').count()).toBe(0);
      await lina.click('.toast button');
      expect(await text(lina, '.toasts')).toBe('La lettre est revenue. Personne n’a été prévenu.');
      expect(await text(lina, '#letter')).toContain(subject);
      await lina.click('text=Ça me gêne');
      laterBy(20_000);
      await lina.click('.toast button');
      expect(await text(lina)).toContain('La lettre est déjà chez un adulte.');
      await claire.goto(`${visits.base}/reports`);
      expect(await text(claire)).toContain('une lettre de Noé Garnier');
    });

    it('of a teacher that a child reports is the head’s to look after, and the town’s; she finds nothing of it', async () => {
      await town.core.reports.nameContact(await town.viewer('hugues.armand'), '');
      const lina = await bothered('claire.lefevre', 'Un mot de la maîtresse');
      laterBy(20_000);
      await lina.reload();
      expect(await text(lina)).toMatch(/Qui va la lire : Monsieur Diallo.* et /);
      const [claire, head, agent] = [
        await visits.read('claire.lefevre'),
        await visits.read('mamadou.diallo'),
        await visits.read('hugues.armand'),
      ];
      await head.goto(`${visits.base}/reports`);
      await head.click('li:has-text("une lettre de Claire Lefèvre") >> text=Ouvrir');
      expect(await text(head, 'article')).toContain('Un mot de la maîtresse');
      expect(await pageFaults(head, 'report')).toEqual([]);
      for (const path of ['', '/original', '/body']) {
        const answer = await claire.goto(`${head.url()}${path}`);
        expect(answer.status()).toBe(404);
      }
      await claire.goto(`${visits.base}/reports`);
      expect(await text(claire)).not.toContain('Un mot de la maîtresse');
      expect(await text(claire)).not.toContain('une lettre de Claire Lefèvre');
      await agent.click('.banner.stop >> text=Ouvrir');
      await agent.click('li:has-text("une lettre de Claire Lefèvre") >> text=Ouvrir');
      expect(await text(agent)).toContain('a lu la lettre');
    });

    it('of the head that a child reports is the teacher’s, and whom the town has named; the head finds nothing of it', async () => {
      const agent = await visits.read('hugues.armand', '/reports');
      await agent.fill('#contact', 'personne@ecoles.preau.test');
      await agent.click('text=Enregistrer');
      expect(await text(agent)).toContain('Personne de la ville n’a cette adresse');
      await agent.fill('#contact', 'julie.robin@ecoles.preau.test');
      await agent.click('text=Enregistrer');
      expect(await agent.inputValue('#contact')).toBe('julie.robin@ecoles.preau.test');
      await bothered('mamadou.diallo', 'Un mot du directeur');
      laterBy(20_000);
      const [claire, head, julie] = [
        await visits.read('claire.lefevre'),
        await visits.read('mamadou.diallo'),
        await visits.read('julie.robin'),
      ];
      for (const page of [claire, julie]) {
        await page.click('.banner.stop >> text=Ouvrir');
        await page.click('li:has-text("une lettre de Mamadou Diallo") >> text=Ouvrir');
        expect(await text(page, 'article')).toContain('Un mot du directeur');
      }
      expect((await head.goto(julie.url())).status()).toBe(404);
      await agent.goto(`${visits.base}/reports`);
      expect(await text(agent)).not.toContain('une lettre de Mamadou Diallo');
      expect(await pageFaults(agent, 'reports-town')).toEqual([]);
    });
  },
);
