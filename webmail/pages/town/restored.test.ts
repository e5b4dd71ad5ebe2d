/** Mail that a restore has stopped: what agents see of it, and what they decide. */
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { settleRestored } from '../../../core/store/restored.ts';
import { noteDelivery, noteWorking } from '../../../core/town/town/standing-mail/deliveries.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { asDatabase } from '../../../tests/shared/database-url.ts';
import { pageFaults, wideFaults } from '../../../tests/shared/page-faults.ts';
import { text } from '../../../tests/shared/plain/page.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

let town: TestTown;
let visits: Visits;

/** Letters to outside, of which some had left; then the town comes back as of before. */
async function openRestored(): Promise<void> {
  town = await openTestTown();
  for (const [who, to] of [
    ['claire.lefevre', 'inspection@academie.example'],
    ['claire.lefevre', 'visites@musee-histoire.example'],
    ['claire.lefevre', 'une.adresse.bien.trop.longue.pour.tenir@une-association-sportive.example'],
    ['mamadou.diallo', 'accueil@piscine.example'],
    ['mamadou.diallo', 'conservatoire@musique.example'],
  ] as const)
    await town.send(who, [to]);
  const { pathname } = new URL(town.databaseUrl);
  await settleRestored(asDatabase(inject('services').adminUrl, pathname.slice(1)));
  await town.admin.query(`update restoration set data_until = at - interval '2 hours'`);
  await town.admin.query(
    `update outbox set created_at = now() - interval '3 hours', attempts = 1 where id % 2 = 0`,
  );
}

/** The ledger of the lost time: one letter left, one was refused. */
async function noteWhatLeft(): Promise<void> {
  const { dataDir } = town.core.config;
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  const list = await town.core.standingMail.list('machine');
  const to = (recipient: string) => {
    const found = list?.letters.find((one) => one.recipient.startsWith(recipient));
    if (found === undefined) throw new Error(recipient);
    return { school: found.school, outbox: found.row };
  };
  // An hour after the clock of the letters: none is younger than what is told of it.
  await town.admin.query(`update outbox set created_at = now() - interval '3 hours'`);
  noteWorking({ dataDir }, ago(130));
  noteDelivery({ dataDir }, { ...to('inspection'), at: ago(100), outcome: 'sent', code: 250 });
  noteDelivery({ dataDir }, { ...to('visites'), at: ago(90), outcome: 'sent', code: 250 });
  noteDelivery({ dataDir }, { ...to('accueil'), at: ago(80), outcome: 'failed', code: 550 });
  noteWorking({ dataDir }, ago(5));
}

describe.skipIf(!hasChromium())(
  'after a restore, an agent (skipped where chromium is not installed)',
  { timeout: 120_000, shuffle: false },
  () => {
    beforeAll(async () => {
      await openRestored();
      visits = await openVisits(town);
    });
    afterEach(() => visits.leave());
    afterAll(async () => {
      await visits?.close();
      await town?.close();
    });

    it('is told at home that mail waits, and nobody else', async () => {
      const page = await visits.read('hugues.armand');
      expect(await text(page, '.banner')).toContain('5 messages vers l’extérieur attendent');
      await page.goto(`${visits.base}/school`);
      await page.click('.banner >> text=Décider');
      expect(await text(page, 'h1')).toBe('5 messages attendent votre accord pour partir');
      expect(await text(page, 'nav [aria-current]')).toMatch(/^Remise *5/);
      expect(await text(page)).toContain('Sans journal : 5 messages');
      const claire = await visits.read('claire.lefevre');
      expect(await text(claire, 'body')).not.toContain('Remise');
      expect((await claire.goto(`${visits.base}/restored`)).status()).toBe(404);
    });

    it('gives a log, without script, and is told what is wrong with it', async () => {
      const page = await visits.read('hugues.armand', '/restored');
      const give = async (content: string) => {
        await page.click('text=Donner un journal');
        const file = { name: 'journal.txt', mimeType: 'text/plain', buffer: Buffer.from(content) };
        await page.setInputFiles('#f', file);
        await page.click('text=Lire ce journal');
      };
      await give('Bonjour,');
      expect(await text(page, '.banner.stop')).toContain('aucune ligne du journal de Préau');
      await give(JSON.stringify({ level: 30, time: Date.now(), msg: 'serving' }));
      expect(await text(page, '.banner.ok')).toContain('il ne nomme aucun des messages');
    });

    it('sees of each letter what is known, and not a word of it; on every screen', async () => {
      await noteWhatLeft();
      const page = await visits.read('hugues.armand', '/restored');
      const all = await text(page);
      for (const words of [
        'Déjà partis : 2 messages',
        'Refusés : 1 message',
        'Pas vus partir : 2 messages',
        'Claire Lefèvreà inspection@academie.example',
        'École des Tilleuls',
        '(550)',
        'est connu jusqu’à',
      ])
        expect(all).toContain(words);
      expect(all).toMatch(/refusé (?:aujourd’hui|hier) à \d/); // 80 minutes ago
      expect(all).not.toContain('Bonjour'); // each letter's subject
      const faults = [...(await pageFaults(page, 'restored')), ...(await wideFaults(page, 'r'))];
      expect(faults).toEqual([]);
    });

    it('drops what has left, takes it back, drops it again, lets one leave, and all of an age', async () => {
      const page = await visits.read('hugues.armand', '/restored');
      await page.click('text=Écarter les 2 >> nth=0');
      expect(await text(page, '.banner.ok')).toContain('2 messages écartés');
      await page.click('.banner >> text=Annuler');
      expect(await text(page, '.banner.ok')).toContain('2 messages attendent de nouveau.');
      await page.click('text=Écarter les 2 >> nth=0');
      await page.click('text=Écartés (2)');
      await page.click('details[open] >> text=Remettre en attente >> nth=0');
      expect(await text(page, '.banner.ok')).toContain('1 message attend de nouveau.');
      await page.click('text=Laisser partir le message à conservatoire');
      expect(await text(page, '.banner.ok')).toContain('1 message part dans une demi-minute.');
      await page.click('.banner >> text=Annuler');
      expect(await text(page, 'h1')).toContain('4 messages attendent');
      await page.selectOption('#age', '60');
      await page.click('form[aria-labelledby=by-age] >> text=Laisser partir');
      expect(await text(page, 'h1')).toBe('Aucun message n’attend');
      expect(await text(page, '.banner.ok')).toContain('4 messages partent');
      await page.goto(`${visits.base}/agents/trail`);
      const trail = await text(page);
      for (const act of ['a laissé partir', 'a écarté', 'a remis en attente', 'a donné un journal'])
        expect(trail).toContain(act);
      expect(trail).not.toContain('@');
    });
  },
);
