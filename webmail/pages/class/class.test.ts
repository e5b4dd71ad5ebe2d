import { describe, expect, it } from 'vitest';
import { DOMAIN } from '../../../core/entry/accounts/testing/code-town.ts';
import { DAY_MS } from '../../../core/ground/spans.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { faultsInPassing, pageFaults, wideFaults } from '../../../tests/shared/page-faults.ts';
import { text } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openCodePages } from '../../testing/pages.ts';

const { visits } = await openCodePages();
describe.skipIf(!hasChromium())(
  'a teacher’s hands on their class (skipped where chromium is not installed)',
  { timeout: 120_000 },
  () => {
    it('puts a child’s sending at rest, whose open page says so; the child keeps what they write; ends it', async () => {
      const claire = await visits.read('claire.lefevre');
      const lina = await visits.enter('lina.moreau');
      await claire.click('nav >> text=Mes classes');
      expect(await claire.locator('.pupils a').count()).toBe(24);
      expect(await pageFaults(claire, 'class')).toEqual([]);
      await claire.click('.pupils a:has-text("Lina")'); // one touch
      expect(await pageFaults(claire, 'class-child')).toEqual([]);
      const card = '.child-card';
      expect(await text(claire, card)).toMatch(/Lina Moreau.*Lina, le lapin.*Karine Moreau/);
      await claire.click(`${card} >> text=Demain`);
      expect(await text(claire)).toContain('L’envoi est au repos.');
      expect(await text(claire, card)).toContain('Au repos, reprend demain');
      expect(await text(claire, '.pupils a[aria-current]')).toMatch(
        /^Lina ?au repos jusqu’à demain$/,
      );
      await lina.waitForSelector('text=Tu pourras écrire de nouveau demain.');
      expect(await wideFaults(lina, 'pupil-at-rest')).toEqual([]);
      const child = await visits.read('lina.moreau', '/write');
      expect(await text(child)).toContain('Tu pourras écrire de nouveau demain.');
      expect(await child.locator('[data-send]').count()).toBe(0);
      expect(await pageFaults(child, 'pupil-writes-at-rest')).toEqual([]);
      await child.fill('#s', 'Ma cabane');
      await child.click('text=Finir plus tard');
      await child.waitForURL('**/mail/drafts');
      await claire.click(`${card} >> text=Finir le repos`);
      expect(await text(claire)).toContain('L’élève peut écrire de nouveau.');
      await child.goto(`${visits.base}/mail/inbox`);
      expect(await text(child)).not.toContain('Tu pourras écrire de nouveau');
    });

    it('writes to one child, to their family, makes a new code, from the card and without script', async () => {
      const claire = await visits.read('claire.lefevre');
      await claire.goto(`${visits.base}/classes`); // of one class: at once there
      await claire.click('.pupils a:has-text("Noé")');
      const here = claire.url();
      await claire.click('text=Écrire à Noé');
      expect(await claire.locator('input[name="to"]:checked').getAttribute('value')).toBe(
        `noe.garnier@${DOMAIN}`,
      );
      await claire.goto(here);
      await claire.click('text=Sa famille');
      expect(await text(claire, '.toks')).toContain('Garnier');
      await claire.goto(here);
      await claire.click('text=Nouveau code');
      expect(await text(claire)).toMatch(/Noé Garnier/);
      await claire.click('main .btn.main');
      expect(claire.url()).toBe(here);
      expect(await claire.locator('.pupils a').count()).toBe(24);
    });

    it('while the mail of all pupils is stopped, a child’s page says so and offers no sending; the head’s page says so first', async () => {
      const [head, lina] = [await visits.read('mamadou.diallo'), await visits.read('lina.moreau')];
      await head.goto(`${visits.base}/school`);
      await head.click('#stopped summary');
      await head.click('#stopped button');
      expect(await text(head, 'main .banner.stop')).toContain(
        'L’école a arrêté les messages des élèves.',
      );
      expect(await head.locator('#stopped ~ #spread').count()).toBe(1); // above the classes
      await lina.goto(`${visits.base}/write`);
      expect(await text(lina)).toContain('Tu ne peux écrire à personne en ce moment.');
      expect(await lina.locator('[data-send]').count()).toBe(0);
      expect(await pageFaults(lina, 'pupil-writes-stopped')).toEqual([]);
      await head.click('#stopped button');
      await lina.goto(`${visits.base}/write`);
      expect(await lina.locator('[data-send]').count()).toBe(1);
    });

    it('proposes a link by picking a school and a class; the other teacher reads it in the inbox, agrees, and ends it', async () => {
      const karim = await visits.read('karim.haddad');
      await karim.click('nav >> text=Mes classes');
      await karim.click('.class-tabs >> text=Correspondances');
      await karim.click('text=Proposer une correspondance');
      await karim.selectOption('#sc', { label: 'École Pasteur' });
      await karim.click('text=Voir ses classes');
      expect(await karim.locator('.choice').allTextContents()).toEqual([
        'CE1',
        'CE2',
        'CM1-CM2',
        'CP',
      ]);
      await karim.check('.choice:has-text("CP") input');
      expect(await pageFaults(karim, 'link')).toEqual([]);
      await karim.fill('#lu', new Date(Date.now() + 20 * DAY_MS).toISOString().slice(0, 10));
      await karim.click('text=Envoyer la proposition');
      expect(await text(karim)).toContain('Attend leur accord');
      expect(await wideFaults(karim, 'class-asked')).toEqual([]);
      const thomas = await visits.read('thomas.verdier');
      await thomas.click('.msg:has-text("Karim Haddad propose une correspondance")');
      await thomas.waitForSelector('.paper');
      expect(await text(thomas, '.pane')).toContain('ouvrez « Mes classes », puis CP');
      await thomas.click('header >> text=Mes classes');
      expect(await text(thomas, '.class-tabs')).toContain('1 proposition à décider');
      await thomas.click('.today-line >> text=1 proposition à décider');
      expect(await text(thomas, 'section.banner')).toContain(
        'La classe CE1-CE2 (École des Tilleuls) vous propose une correspondance',
      );
      expect(await pageFaults(thomas, 'class-proposed')).toEqual([]);
      await thomas.click('text=Accepter');
      expect(await text(thomas)).toContain('vous relisez d’abord');
      await karim.reload();
      expect(await text(karim, '.line:has-text("École Pasteur")')).toContain(
        'l’autre classe relit d’abord',
      );
      await karim.click('.line:has-text("École Pasteur") >> text=Régler');
      expect(await pageFaults(karim, 'class-linked')).toEqual([]);
      await karim.click('text=Arrêter la correspondance');
      expect(await text(karim)).toContain('La correspondance est arrêtée.');
      await karim.goto(`${visits.base}/mail/inbox`);
      expect(await text(karim)).toContain('Thomas Verdier accepte la correspondance');
    });

    it('approves somebody outside, without script; a wrong address comes back with what was typed and a sentence', async () => {
      const claire = await visits.read('claire.lefevre');
      await claire.click('nav >> text=Mes classes');
      await claire.click('.class-tabs >> text=Correspondances');
      await claire.fill('#oa', `noe.garnier@${DOMAIN}`);
      await claire.click('text=Approuver >> nth=-1');
      expect(await text(claire, '#ax')).toContain(
        'Cette adresse est dans la messagerie des écoles.',
      );
      expect(await claire.inputValue('#oa')).toBe(`noe.garnier@${DOMAIN}`);
      await claire.fill('#oa', 'guide@musee.example');
      await claire.click('text=Approuver >> nth=-1');
      expect(await text(claire, '.line:has-text("guide@musee.example")')).toContain(
        'approuvé par Claire Lefèvre',
      );
      await claire.click('.line:has-text("guide@musee.example") >> text=Retirer');
      expect(await text(claire)).toContain('Cette personne ne peut plus écrire à la classe.');
    });

    it('sets what a class may do, from its settings, without script', async () => {
      const claire = await visits.read('claire.lefevre', '/classes');
      await claire.click('.class-tabs >> text=Réglages');
      const lines = claire.locator('.sets .set');
      expect(await lines.locator('b').allTextContents()).toEqual([
        'Photos',
        'Relire avant d’envoyer',
        'Comment les enfants appellent leurs enseignants',
        'Répondre sans écrire',
        'La charte et les familles',
      ]);
      await claire.click('.set:has-text("Photos")');
      await claire.click('text=Oui : la classe peut envoyer des photos');
      await claire.click('form[aria-labelledby="photosOpen"] button');
      expect(await text(claire)).toContain('La classe peut envoyer des photos.');
      expect(await text(claire, '.set:has-text("Photos")')).toContain('la classe peut en envoyer');
      expect(new URL(claire.url()).pathname).toMatch(/\/settings$/);
    });

    it(
      'shows all settings of the class in a line each, with what holds; one opens in its place and is set',
      SOAKED,
      async () => {
        const claire = await visits.enter('claire.lefevre', {
          viewport: { width: 1280, height: 800 },
        });
        await claire.click('nav >> text=Mes classes');
        const height = () => claire.evaluate(() => document.documentElement.scrollHeight);
        expect(await height()).toBeLessThanOrEqual(1_000); // one screen, and a little
        await claire.click('.class-tabs >> text=Réglages');
        expect(await height()).toBeLessThanOrEqual(800);
        const lines = claire.locator('.sets .set');
        expect(await lines.locator('b').allTextContents()).toEqual([
          'Photos',
          'Relire avant d’envoyer',
          'Comment les enfants appellent leurs enseignants',
          'Répondre sans écrire',
          'La charte et les familles',
        ]);
        expect(await claire.locator('.sets form:visible').count()).toBe(0);
        await claire.click('.set:has-text("Photos")');
        await claire.click('text=Oui : la classe peut envoyer des photos');
        expect(await faultsInPassing(claire, 'class-settings')).toEqual([]);
        await claire.click('form[aria-labelledby="photosOpen"] button');
        await claire.waitForSelector('text=La classe peut envoyer des photos.');
        expect(await claire.textContent('.set:has-text("Photos")')).toContain(
          'la classe peut en envoyer',
        );
        expect(new URL(claire.url()).pathname).toMatch(/\/settings$/);
      },
    );

    it('a head sees the other classes of the school, may protect, and opens none to others', async () => {
      const head = await visits.read('mamadou.diallo');
      await head.click('nav >> text=Mes classes');
      expect(await wideFaults(head, 'classes-head')).toEqual([]);
      await head.click('.books .cahier:has-text("CE1 A")');
      const desk = head.url();
      await head.click('.class-tabs >> text=Correspondances');
      expect(await wideFaults(head, 'class-links-head')).toEqual([]);
      expect(await text(head)).toContain(
        'C’est l’enseignant de la classe qui approuve un correspondant.',
      );
      expect(await head.locator('text=Proposer une correspondance').count()).toBe(0);
      await head.click('.class-tabs >> text=Réglages');
      expect(await wideFaults(head, 'class-settings-head')).toEqual([]);
      expect(await text(head)).toContain('Ces réglages sont ceux des enseignants de la classe.');
      expect(await head.locator('.sets form[action$="/switches"]').count()).toBe(0);
      await head.goto(desk);
      expect(await head.locator('.pupils a').count()).toBeGreaterThan(20);
      expect(await head.locator('text=Écrire à la classe').count()).toBe(0);
      await head.click('.pupils a >> nth=0');
      // two ways to read, photos or none; days back are two or three, by the day of the week
      const choices = '.child-card form:not([action*="/rest/"]) .seg button';
      expect(await head.locator(choices).count()).toBe(4);
      const daysBack = await head.locator('.child-card .seg button[name="back"]').count();
      expect(daysBack).toBeGreaterThanOrEqual(2);
      expect(daysBack).toBeLessThanOrEqual(3);
      const child = head.url();
      expect(await wideFaults(head, 'class-head')).toEqual([]);
      const lina = await visits.read('lina.moreau');
      for (const path of ['', '/write', '/family'])
        expect((await lina.goto(`${child}${path}`)).status()).toBe(404);
      const julie = await visits.read('julie.robin');
      const tabs = ['/link', '/links', '/settings'].map((tab) => child.replace(/\/child.*/, tab));
      for (const path of [`${child}/write`, child, ...tabs])
        expect((await julie.goto(path)).status()).toBe(404);
    });
  },
);
