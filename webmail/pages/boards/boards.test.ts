import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { wish } from '../../../core/school/boards/testing/wish.ts';
import { marked, sendFile } from '../../../core/school/wall/testing/makings.ts';
import { ownClassOf } from '../../../core/school/week/testing/week-town.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults } from '../../../tests/shared/page-faults.ts';
import { text } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

let town: TestTown;
let visits: Visits;
describe.skipIf(!hasChromium())(
  'the board of a class (skipped where chromium is not installed)',
  { timeout: 120_000 },
  () => {
    beforeAll(async () => {
      town = await openTestTown({ env: { PREAU_MAX_MESSAGE: '400000' } });
      visits = await openVisits(town, () => town.clock.now);
    });
    afterEach(async () => {
      await visits.leave();
      await town.admin.query(
        'delete from entry e using board b where e.mailbox_id = b.mailbox_id; delete from notice',
      );
    });
    afterAll(async () => {
      await visits?.close();
      await town?.close();
    });

    /** A notice of a teacher's for their class: where it hangs, and where it is changed. */
    async function hung(
      title: string,
      words: string,
      by = 'karim.haddad',
    ): Promise<Record<'board' | 'edit', string>> {
      const teacher = await town.viewer(by);
      const classId = ownClassOf(teacher);
      const at = { school: teacher.school, classId };
      const posted = await town.core.boards.post(teacher, at, wish({ title, text: words }));
      if (posted.kind !== 'posted') throw new Error(posted.kind);
      const { school, notice } = posted.ref;
      return { board: `/classes/${classId}/board`, edit: `/notices/${school}/${notice}/edit` };
    }

    it('is hung up, read by a child and a family, counted, changed and taken down', async () => {
      const claire = await visits.read('claire.lefevre');
      await claire.click('nav >> text=Mes classes');
      await claire.click('.class-tabs >> text=Panneau');
      await claire.click('main >> text=Punaiser');
      await claire.fill('#title', 'On cherche des bouchons');
      await claire.fill('#text', 'Chaque enfant apporte dix bouchons.');
      await claire.click('main button >> text=Punaiser');
      expect(await text(claire)).toContain('C’est punaisé.');
      expect(await text(claire, '.notice')).toContain('Vu par 0 sur 24 élèves');
      expect(await pageFaults(claire, 'class-board')).toEqual([]);

      const lina = await visits.read('lina.moreau');
      expect(await text(lina)).toContain('Sur le panneau : 1 nouvelle annonce.');
      await lina.click('main >> text=Voir');
      expect(await text(lina, '.notice')).toContain('Chaque enfant apporte dix bouchons.');
      expect(await pageFaults(lina, 'pupil-board')).toEqual([]);
      await lina.click('main button >> text=J’ai lu');
      expect(await text(lina, '.notice')).toContain('Tu l’as lu');
      await lina.goto(`${visits.base}/mail/inbox`);
      expect(await text(lina)).not.toContain('Sur le panneau');

      const samira = await visits.read('samira.benali');
      await samira.click('nav >> text=Panneau');
      expect(await text(samira)).toContain('la classe d’Amine');
      expect(await pageFaults(samira, 'family-board')).toEqual([]);
      await samira.click('.notice summary');
      await samira.fill('input[name="day"]', '2020-01-01');
      await samira.click('.notice button >> text=Me le rappeler');
      expect(await text(samira)).toContain('Choisissez un jour à partir de demain');
      await samira.click('.notice summary');
      await samira.click('.notice button >> text=Me le rappeler');
      expect(await text(samira, '.notice')).toContain('Rappel le');

      await claire.click('nav >> text=Mes classes');
      await claire.click('.class-tabs >> text=Panneau');
      await claire.click('.notice .seen >> nth=0');
      expect(await text(claire)).toMatch(/L’ont vue.*Lina Moreau/);
      expect(await pageFaults(claire, 'notice')).toEqual([]);
      await claire.click('main button >> text=Relancer ceux qui ne l’ont pas vue');
      expect(await text(claire)).toContain('Un mot part à ceux qui ne l’ont pas vue.');
      await claire.click('.notice summary');
      await claire.click('.notice >> text=Modifier');
      await claire.fill('#title', '');
      await claire.fill('#until', '2026-01-05');
      await claire.click('main button >> text=Punaiser');
      expect(await text(claire)).toContain('Donnez un titre à l’annonce.');
      expect(await text(claire)).toContain('Cette date est passée');
      await claire.fill('#title', 'On cherche vingt bouchons');
      await claire.fill('#until', '2026-12-04');
      await claire.click('main button >> text=Punaiser');
      expect(await text(claire, '.notice')).toMatch(/vingt bouchons.*modifiée.*Vu par 0/);
      await claire.click('.notice summary');
      await claire.click('.notice >> text=Retirer');
      expect(await text(claire)).toContain('L’annonce est retirée.');
      expect(await claire.locator('.notice').count()).toBe(0);
      await claire.click('main >> text=Retirées (1)');
      expect(await text(claire)).toContain('On cherche vingt bouchons');
    });

    it('keeps its new words as a new one where it was taken down meanwhile', SOAKED, async () => {
      const { board, edit } = await hung('Les gourdes', 'Jeudi, chacun la sienne.');
      const karim = await visits.read('karim.haddad', edit);
      const other = await visits.read('karim.haddad', board);
      await other.click('.notice summary');
      await other.click('.notice >> text=Retirer');
      await karim.fill('#title', 'Les gourdes de jeudi');
      await karim.click('main button >> text=Punaiser');
      expect(await text(karim)).toContain('Cette annonce a été retirée entre-temps.');
      await karim.goto(`${visits.base}/mail/drafts`);
      await karim.click('main >> text=Les gourdes de jeudi');
      expect(await karim.inputValue('#text')).toBe('Jeudi, chacun la sienne.');
      await karim.click('main button >> text=Punaiser');
      expect(await text(karim, '.notice')).toContain('Les gourdes de jeudi');
    });

    it('taken down in another tab says so to who hangs something up, and is nothing to others', async () => {
      const { board, edit } = await hung('Les bottes', 'Il pleut.', 'claire.lefevre');
      const off = await visits.read('claire.lefevre', board);
      await off.click('.notice summary');
      await off.click('.notice >> text=Retirer');
      const readers = ['claire.lefevre', 'samira.benali', 'karim.haddad'];
      const [claire, mother, stranger] = await Promise.all(readers.map((one) => visits.read(one)));
      const acts = async (reader: typeof claire) => {
        const csrf = (await reader?.getAttribute('input[name=csrf]', 'value')) ?? '';
        const form = { csrf, pinned: '1', until: '2026-12-20', day: '' };
        const answers = ['off', 'pin', 'until', 'remind', 'remind-me'].map(async (act) => {
          const at = `${visits.base}${edit.replace('edit', act)}`;
          const answer = await reader?.post(at, form);
          return [answer?.status(), String(await answer?.body()).includes('déjà retirée')];
        });
        return Promise.all(answers);
      };
      expect(await acts(claire)).toEqual(Array.from({ length: 5 }, () => [200, true]));
      for (const reader of [mother, stranger])
        expect(await acts(reader)).toEqual(Array.from({ length: 5 }, () => [404, false]));
    });

    it('is proposed by a pupil, read again, kept, and let onto the board or not', async () => {
      const lina = await visits.read('lina.moreau', '/boards/1/1');
      await lina.click('main >> text=Je propose une annonce');
      await lina.fill('#title', 'Qui veut lire avec moi ?');
      await lina.fill('#text', 'Tu es nul si tu ne viens pas.');
      await lina.setInputFiles('input[name="file"]', {
        name: 'escargot.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('Un escargot.'),
      });
      await lina.click('[data-keep]');
      await lina.goto(`${visits.base}/boards/1/1/propose`);
      expect(await text(lina)).toContain('Une annonce est commencée');
      await lina.goto(`${visits.base}/mail/drafts`);
      expect(await text(lina, '.msgs')).toContain('Le panneau de ma classe');
      await lina.click('main >> text=Qui veut lire avec moi');
      expect(await text(lina, '.clip')).toContain('escargot.txt');
      expect(await lina.inputValue('#text')).toBe('Tu es nul si tu ne viens pas.');
      expect(await pageFaults(lina, 'propose')).toEqual([]);
      await lina.click('main button >> text=Proposer à Madame Lefèvre');
      expect(await text(lina)).toContain('Ils peuvent faire de la peine à ta classe.');
      await lina.click('text=Je change mes mots');
      await lina.fill('#text', 'Venez jeudi à la récré.');
      await lina.click('main button >> text=Proposer à Madame Lefèvre');
      expect(await text(lina)).toContain('C’est proposé.');
      expect(await text(lina, 'aside')).toContain('en attente');
      await lina.fill('#title', 'Un goûter géant');
      await lina.fill('#text', 'Pour toute l’école.');
      await lina.click('main button >> text=Proposer à Madame Lefèvre');
      await lina.goto(`${visits.base}/mail/drafts`);
      expect(await text(lina)).not.toContain('Qui veut lire');

      const claire = await visits.read('claire.lefevre', '/classes/1');
      expect(await text(claire, '.class-tabs')).toContain('2 propositions à décider');
      await claire.click('nav >> text=En attente');
      expect(await text(claire)).toContain('Lina Moreau propose');
      expect(await pageFaults(claire, 'held-ideas')).toEqual([]);
      await claire.click('.idea:has-text("goûter") >> text=Pas cette fois');
      await claire.click('.idea:has-text("goûter") button >> text=Pas cette fois');
      expect(await text(claire)).toContain('Écrivez un mot à l’élève');
      await claire.fill('textarea', 'Pour la fête de décembre ?');
      await claire.click('.idea button >> text=Pas cette fois');
      expect(await text(claire)).toContain('C’est dit.');
      await claire.click('.idea button >> text=Punaiser');
      expect(await text(claire, '.notice')).toMatch(/Qui veut lire.*Lina Moreau/);

      const adele = await visits.read('adele.vidal', '/boards/1/1');
      expect(await text(adele, '.notice')).toMatch(/Venez jeudi.*escargot\.txt/);
      await lina.goto(`${visits.base}/mail/inbox`);
      expect(await text(lina)).toContain('2 de tes idées d’annonce ont une réponse.');
      await lina.click('.banner:has-text("idées") >> text=Voir');
      expect(await text(lina, 'aside')).toMatch(/pas cette fois.*Pour la fête de décembre/);
      await lina.goto(`${visits.base}/mail/inbox`);
      expect(await text(lina)).not.toContain('idées d’annonce');
    });

    it(
      'says of a file that is too big why it stayed behind, keeps the words, and hangs without it',
      SOAKED,
      async () => {
        const big = {
          name: 'film.pdf',
          mimeType: 'application/pdf',
          buffer: Buffer.alloc(town.core.config.maxMessageBytes + 1, 'a'),
        };
        const [claire, lina] = [
          await visits.read('claire.lefevre'),
          await visits.read('lina.moreau'),
        ];
        for (const [page, path] of [
          [claire, 'new'],
          [lina, 'propose'],
        ] as const) {
          await page.goto(`${visits.base}/boards/1/1/${path}`);
          await page.fill('#title', 'Le film');
          await page.fill('#text', 'Il est long.');
          await page.setInputFiles('input[name="file"]', big);
          await page.click('main button[value=send]');
          expect(page.came.status()).toBe(422);
          expect(await text(page)).toMatch(/film\.pdf.: Ce fichier est trop gros/);
          expect(await page.inputValue('#text')).toBe('Il est long.');
          await page.click('main button[value=send]');
        }
        expect(await text(claire, '.notice')).toContain('Le film');
        expect(await text(lina)).toContain('C’est proposé.');
      },
    );

    it('is named on a draft that is begun, in the list of drafts and among what is found', async () => {
      const claire = await visits.read('claire.lefevre', '/boards/1/1/new');
      await claire.fill('#title', 'Les luges');
      await claire.click('[data-keep]');
      await claire.goto(`${visits.base}/boards/1/1/new`);
      expect(await text(claire)).toContain('« Les luges » (Panneau de CE1 A)');
      for (const path of ['mail/drafts', 'search?q=dans:brouillons']) {
        await claire.goto(`${visits.base}/${path}`);
        expect([path, await text(claire, '.msgs')]).toEqual([
          path,
          expect.stringContaining('Panneau de CE1 A'),
        ]);
      }
    });

    it(
      'is proposed by a little one as what they drew, and hangs by the teacher’s word',
      SOAKED,
      async () => {
        const [sylvie, tom] = [
          await town.viewer('sylvie.caradec'),
          await town.viewer('tom.moreau'),
        ];
        for (const made of ['house', 'fish'] as const)
          await sendFile(town.core, tom, { file: marked(town.core, made), to: sylvie.address });
        const little = await visits.read('tom.moreau', '/boards');
        await little.click('a[href$="/propose"]');
        expect(await pageFaults(little, 'little-ideas')).toEqual([]);
        await little.click('.own-made .go >> nth=0');
        await little.click('.own-made .go >> nth=0');
        expect(await little.locator('.own-made .waits').count()).toBe(2);
        const teacher = await visits.read('sylvie.caradec', '/held');
        expect(await text(teacher, '.idea')).toContain('Un dessin de Tom');
        await teacher.click('.idea button >> text=Punaiser');
        await teacher.click('.idea >> text=Pas cette fois');
        await teacher.fill('textarea', 'Il est déjà au mur.');
        await teacher.click('.idea button >> text=Pas cette fois');
        const lila = await visits.read('lila.ziani', '/boards');
        expect(await lila.locator('.notice img').count()).toBe(1);
        await little.goto(`${visits.base}/boards`);
        await little.click('a[href$="/propose"]');
        expect(await little.locator('.own-made .hung').count()).toBe(1);
        expect(await text(little, '.own-made .refused')).toContain('Il est déjà au mur.');
      },
    );

    it('changed by another meanwhile keeps both words until one is pressed again', async () => {
      const { edit } = await hung('Les bonnets', 'Il fait froid.');
      const karim = await visits.read('karim.haddad', edit);
      const other = await visits.read('karim.haddad', edit);
      await other.fill('#title', 'Les bonnets et les gants');
      await other.click('main button >> text=Punaiser');
      await karim.fill('#title', 'Les bonnets de laine');
      await karim.click('main button >> text=Punaiser');
      expect(await text(karim)).toContain('Au panneau elle dit : « Les bonnets et les gants.');
      expect(await karim.inputValue('#title')).toBe('Les bonnets de laine');
      await karim.click('main button >> text=Punaiser');
      expect(await text(karim, '.cork')).toContain('Les bonnets de laine');
      expect(await text(karim, '.cork')).not.toContain('gants');
    });
  },
);
