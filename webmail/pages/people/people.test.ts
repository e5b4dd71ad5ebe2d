import { describe, expect, it } from 'vitest';
import { DOMAIN } from '../../../core/entry/accounts/testing/code-town.ts';
import type { AccountId } from '../../../core/ground/ids.ts';
import { own } from '../../../core/store/own.ts';
import { saveLanguage } from '../../../core/store/people/accounts.ts';
import { dropLeaver, saveLeaver } from '../../../core/store/people/leavers.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults, targetFaults } from '../../../tests/shared/page-faults.ts';
import { openCodePages } from '../../testing/pages.ts';

const { town, visits } = await openCodePages();

describe.skipIf(!hasChromium())(
  'the people of a school (skipped where chromium is not installed)',
  () => {
    it('a head finds a teacher, makes a code on screen and on paper, notes a departure, takes a child’s mail along', async () => {
      const page = await visits.read('mamadou.diallo', '/school/1');
      const faults = [...(await targetFaults(page, 'board'))];
      await page.click('text=Personnes de l’école');
      faults.push(...(await pageFaults(page, 'people')), ...(await targetFaults(page, 'people')));
      await page.fill('#q', 'lefevre');
      await page.check('text=Adultes');
      await page.click('text=Chercher');
      await page.click('text=Claire Lefèvre');
      faults.push(...(await pageFaults(page, 'person')));
      await page.click('text=Afficher un nouveau code');
      expect(await page.textContent('.code-text')).toMatch(
        /^[A-Z0-9]{4}-[A-Z0-9]{3}-[A-Z0-9]{4}-[A-Z0-9]{4}$/,
      );
      faults.push(...(await pageFaults(page, 'person-code')));
      await page.click('text=Retour à la fiche');
      const { name, bytes } = await page.download('text=Feuille à imprimer (PDF)');
      expect([name, bytes.subarray(0, 5).toString()]).toEqual([
        'Codes Claire Lefèvre.pdf',
        '%PDF-',
      ]);
      await page.goto(`${visits.base}/people/1?q=lina+moreau`);
      await page.click('text=Lina Moreau');
      await page.fill('#d', '2020-01-01');
      page.tamper('form:has(#d)', { novalidate: '' });
      await page.click('text=Noter le départ');
      expect(await page.textContent('#trouble')).toContain('Choisissez un jour');
      expect(await page.inputValue('#d')).toBe('2020-01-01');
      faults.push(...(await pageFaults(page, 'person-trouble')));
      await page.fill('#d', (await page.getAttribute('#d', 'min')) ?? '');
      await page.click('text=Noter le départ');
      expect(await page.textContent('.banner.ok')).toContain('Le départ est noté.');
      faults.push(...(await pageFaults(page, 'person-left')));
      const archive = await page.download('text=Télécharger le courrier (ZIP)');
      expect([archive.name, archive.bytes.subarray(0, 2).toString()]).toEqual([
        'lina.moreau.zip',
        'PK',
      ]);
      await page.click('text=Annuler le départ');
      expect(await page.textContent('.banner.ok')).toContain('Le départ est annulé.');
      expect(faults).toEqual([]);
    }, 120_000);

    it('an address is corrected before the first use, and told where it can’t be', async () => {
      const row = await town.store.town((tx) =>
        tx.db
          .selectFrom('address')
          .select('target_id')
          .where('local', '=', 'noe.garnier')
          .executeTakeFirstOrThrow(),
      );
      await town.store.write(
        await town.viewer('mamadou.diallo').then(({ school }) => school),
        (tx) =>
          own(tx)
            .updateTable('account', { id: row.target_id as AccountId })
            .set({ password_hash: null })
            .execute(),
      );
      const page = await visits.read('mamadou.diallo', `/people/1/${row.target_id}`);
      await page.fill('#l', 'lina.moreau');
      await page.click('text=Corriger');
      expect(await page.textContent('#trouble')).toContain('est ou a été celle de quelqu’un');
      expect(await page.inputValue('#l')).toBe('lina.moreau');
      expect(await page.getAttribute('#l', 'aria-describedby')).toBe('trouble');
      await page.fill('#l', 'noe.grenier');
      await page.click('text=Corriger');
      expect(await page.textContent('main')).toContain(`noe.grenier@${DOMAIN}`);
    });

    it('an agent opens a school for a reason; a teacher, a pupil and a parent find nothing; everybody takes their own mail along', async () => {
      const agent = await visits.read('leila.brahimi', '/people/2');
      const faults = [...(await pageFaults(agent, 'people-why'))];
      await agent.fill('#why', ' ');
      await agent.click('main button.main');
      const line = `#${await agent.getAttribute('#why[aria-invalid]', 'aria-describedby')}`;
      expect(await agent.textContent(line.replace('why-hint ', ''))).not.toBe('');
      await agent.fill('#why', 'Directrice sans accès');
      await agent.click('main button.main');
      await agent.click('text=Personnes de l’école');
      await agent.waitForURL('**/people/2');
      expect(await agent.textContent('main')).toContain('École Pasteur');
      for (const local of ['claire.lefevre', 'karine.moreau', 'lina.moreau']) {
        const page = await visits.read(local);
        for (const path of ['/people', '/people/1', '/people/1/1'])
          expect((await page.goto(`${visits.base}${path}`)).status()).toBe(404);
        await page.goto(`${visits.base}/my-mail`);
        faults.push(...(await pageFaults(page, `my-mail-${local}`)));
        const { name, bytes } = await page.download('main button');
        expect([name, bytes.subarray(0, 2).toString()]).toEqual([`${local}.zip`, 'PK']);
      }
      expect(faults).toEqual([]);
    }, 120_000);

    it('a child whose last day has been said finds the way to keep their messages, in both languages; others have no such link', async () => {
      const lina = await town.viewer('lina.moreau');
      const page = await visits.read('lina.moreau');
      expect(await page.locator('.places a[href="/my-mail"]').count()).toBe(0);
      await town.store.write(lina.school, (tx) => saveLeaver(tx, lina.account, '2099-01-01'));
      try {
        await page.goto(`${visits.base}/mail/inbox`);
        expect(await pageFaults(page, 'inbox-leaver')).toEqual([]);
        await page.click('text=Emporter mes messages');
        expect(await page.textContent('main')).toContain('Tous tes messages et tes dessins');
        await town.store.write(lina.school, (tx) => saveLanguage(tx, lina.account, 'en'));
        await page.reload();
        expect(await page.textContent('.places')).toContain('Take my messages along');
        expect(await page.textContent('main')).toContain(
          'All your messages and drawings, in one file to take along. Ask a grown-up to help you.'.slice(
            0,
            40,
          ),
        );
      } finally {
        await town.store.write(lina.school, async (tx) => {
          await dropLeaver(tx, lina.account);
          await saveLanguage(tx, lina.account, 'fr');
        });
      }
    }, 120_000);
  },
);
