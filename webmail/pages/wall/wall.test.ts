/** A drawing on its way from a child of four to the wall of the class and its book. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NIGHT } from '../../../core/ground/testing/night.ts';
import { giveTo, marked, sendFile } from '../../../core/school/wall/testing/makings.ts';
import { ownClassOf } from '../../../core/school/week/testing/week-town.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import {
  faultsInPassing,
  pageFaults,
  targetFaultsEverywhere,
} from '../../../tests/shared/page-faults.ts';
import { text } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { KEPT_COOKIE, SESSION_COOKIE } from '../../http/guard.ts';
import { bookPdf } from '../../sheets/book-pdf.ts';
import { givesDrawing } from '../../testing/given-drawing.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

/** The least that a finger of four years hits. */
const TARGET = 72;

let town: TestTown;
let visits: Visits;
describe.skipIf(!hasChromium())(
  'the wall of a class (skipped where chromium is not installed)',
  { timeout: 120_000 },
  () => {
    beforeAll(async () => {
      town = await openTestTown();
      visits = await openVisits(town, () => town.clock.now);
    });
    afterEach(async () => {
      await visits.leave();
      await town.admin.query('delete from wall_item; delete from wall_book; delete from wall_wish');
    });
    afterAll(async () => {
      await visits?.close();
      await town?.close();
    });

    /** A line on the paper of somebody who doesn't read yet. */
    async function draws(page: Page): Promise<void> {
      const box = await page.locator('canvas').nth(1).boundingBox();
      if (box === null) throw new Error('no paper');
      await page.mouse.move(box.x + 40, box.y + 40);
      await page.mouse.down();
      for (let at = 0; at < 20; at += 1)
        await page.mouse.move(box.x + 40 + at * 9, box.y + 90 + at);
      await page.mouse.up();
    }

    it('has what a little one gives, who takes it off; it is tapped, seen, and printed', async () => {
      const [viewer, child] = [
        await town.viewer('sylvie.caradec'),
        await town.viewer('tom.moreau'),
      ];
      await giveTo(town.core, viewer, { child });
      const sylvie = await visits.read('sylvie.caradec', '/walls');
      expect(await text(sylvie)).toContain('1 à accrocher');
      await sylvie.click('.tohang button[value=hang]');
      expect(await text(sylvie)).toContain('C’est au mur.');
      await sylvie.click('main >> text=Demander le cahier');
      expect(await text(sylvie)).toContain('Il se fait cette nuit');
      const karine = await visits.read('karine.moreau', '/walls');
      await karine.click('.msg >> text=GS');
      expect(await text(karine, '.strings')).toContain('Tom');
      await town.core.walls.printBooks(NIGHT, bookPdf);
      await sylvie.goto(`${visits.base}/walls`);
      const link = await sylvie.getAttribute('main a[download]', 'href');
      const { status, body } = await sylvie.get(`${visits.base}${link}`);
      expect([status(), String(await body()).slice(0, 5)]).toEqual([200, '%PDF-']);
      const tom = await visits.read('tom.moreau', '/walls');
      await tom.click('a[href$="/mine"]');
      await tom.click('.own-made .hung .disc');
      expect(await tom.locator('.own-made .go').count()).toBe(1);
      await karine.reload();
      expect(await text(karine)).toContain('Rien au mur pour le moment');
      await sylvie.reload();
      expect(await text(sylvie)).not.toContain('Télécharger le cahier');
    });

    it(
      'is given a drawing by a little one, who takes it off; it is tapped, seen, and printed',
      SOAKED,
      async () => {
        const tom = await visits.enter('tom.moreau');
        await givesDrawing(tom, visits.base, draws);
        expect(await tom.locator('.own-made .asked').count()).toBe(1);
        expect(await faultsInPassing(tom, 'little-mine')).toEqual([]);
        const wish = { least: TARGET, within: 'main' };
        expect(await targetFaultsEverywhere(tom, 'little-mine', wish)).toEqual([]);

        const sylvie = await visits.read('sylvie.caradec', '/walls');
        expect(await text(sylvie)).toContain('1 à accrocher');
        await sylvie.click('.tohang button[value=hang]');
        expect(await text(sylvie)).toContain('C’est au mur.');
        await sylvie.click('main >> text=Demander le cahier');
        expect(await text(sylvie)).toContain('Il se fait cette nuit');
        expect(await pageFaults(sylvie, 'teacher-wall')).toEqual([]);

        const karine = await visits.read('karine.moreau', '/walls');
        await karine.click('.msg >> text=GS');
        expect(await text(karine, '.strings')).toContain('Tom');
        expect(await pageFaults(karine, 'family-wall')).toEqual([]);

        await town.core.walls.printBooks(NIGHT, bookPdf);
        await sylvie.goto(`${visits.base}/walls`);
        const link = await sylvie.getAttribute('main a[download]', 'href');
        const { status, body } = await sylvie.get(`${visits.base}${link}`);
        expect([status(), String(await body()).slice(0, 5)]).toEqual([200, '%PDF-']);

        await tom.goto(`${visits.base}/walls`);
        expect(await faultsInPassing(tom, 'little-wall')).toEqual([]);
        await tom.click('a[href$="/mine"]');
        await tom.click('.own-made .hung .disc');
        await tom.waitForSelector('.own-made .go');
        await karine.reload();
        expect(await text(karine)).toContain('Rien au mur pour le moment');
        await sylvie.reload();
        expect(await text(sylvie)).not.toContain('Télécharger le cahier');
      },
    );

    it('reads the teacher’s word to a little one, also where they have thrown the letter away', async () => {
      const [sylvie, child] = [
        await town.viewer('sylvie.caradec'),
        await town.viewer('lila.ziani'),
      ];
      const item = await giveTo(town.core, sylvie, { child });
      await town.core.walls.refuse(sylvie, { school: sylvie.school, item }, 'Finis ton soleil.');
      const lila = await visits.read('lila.ziani', '/walls');
      await lila.click('a[href$="/mine"]');
      expect(await text(lila)).toContain('Finis ton soleil.');
      expect(await lila.locator('.own-made .go').count()).toBe(1);
      const [sent] = await town.rows('lila.ziani', 'sent');
      if (sent === undefined) throw new Error('not sent');
      await town.core.mail.erase(child, sent.mailbox, [sent.uid]);
      await lila.reload();
      expect(await text(lila)).toContain('Finis ton soleil.');
      expect(await lila.locator('.own-made .go').count()).toBe(0);
      await lila.click('.own-made .disc');
      expect(await lila.locator('.own-made > li').count()).toBe(0);
    });

    it('asks a little one for what was drawn for the teacher, who says yes or no by a picture', async () => {
      const [sylvie, child] = [await town.viewer('sylvie.caradec'), await town.viewer('awa.ba')];
      for (const made of ['house', 'fish'] as const)
        await sendFile(town.core, child, {
          file: marked(town.core, made),
          to: sylvie.address,
        });
      const teacher = await visits.read('sylvie.caradec', '/walls');
      await teacher.click('button >> text=Lui demander');
      expect(await text(teacher)).toContain('C’est demandé.');
      await teacher.click('button >> text=Lui demander');
      expect(await pageFaults(teacher, 'teacher-asks')).toEqual([]);
      const little = await visits.read('awa.ba');
      await little.click('a[href$="/mine"]');
      expect(await text(little)).toContain('aimerait l’accrocher au mur');
      expect(await pageFaults(little, 'little-asked')).toEqual([]);
      await little.click('button[value=decline]');
      await little.click('.own-made li:has(button[value=decline]) .go');
      expect(await little.locator('.own-made .asked').count()).toBe(1);
      await teacher.reload();
      expect(await text(teacher)).toContain('L’enfant préfère le garder');
      expect(await text(teacher)).toContain('1 à accrocher');
    });

    it('asks a child for what was made for a classmate, which the teacher never sees before', async () => {
      const [claire, lina] = [
        await town.viewer('claire.lefevre'),
        await town.viewer('lina.moreau'),
      ];
      await sendFile(town.core, lina, {
        file: marked(town.core, 'fish'),
        to: town.address('noe.garnier'),
      });
      const teacher = await visits.read('claire.lefevre', '/walls');
      expect(await text(teacher)).not.toContain('Faits pour vous');
      await teacher.selectOption('#child', { label: 'Lina Moreau' });
      await teacher.click('section:has(#child) button');
      expect(await text(teacher)).toContain('Demandé, sans réponse : Lina Moreau');
      expect(await pageFaults(teacher, 'teacher-asks-any')).toEqual([]);
      const child = await visits.read('lina.moreau', '/walls');
      await child.click('main >> text=Accrocher un dessin');
      expect(await text(child)).toContain('aimerait un dessin ou une voix de toi');
      expect(await pageFaults(child, 'pupil-asked-any')).toEqual([]);
      await child.click('.own-made .btn.main');
      expect(await text(child)).not.toContain('aimerait un dessin');
      await teacher.reload();
      expect(await text(teacher)).toContain('1 à accrocher');
      // Who says no keeps it all, and isn't asked again.
      const ref = { school: claire.school, classId: ownClassOf(claire) };
      const noe = await town.viewer('noe.garnier');
      expect(await town.core.walls.askChild(claire, ref, noe.addressId)).toBe(true);
      const other = await visits.read('noe.garnier', `/walls/${ref.school}/${ref.classId}/mine`);
      await other.click('text=Non merci, je garde tout');
      expect(await text(other)).not.toContain('aimerait un dessin');
      await teacher.reload();
      expect(await text(teacher)).not.toContain('Noé Garnier');
      for (const by of [lina, await town.viewer('karim.haddad')])
        expect(await town.core.walls.askChild(by, ref, noe.addressId)).toBe(false);
      const elsewhere = await town.viewer('tom.moreau');
      expect(await town.core.walls.askChild(claire, ref, elsewhere.addressId)).toBe(false);
    });

    it('shows what a browser has by now without sending it again, to who may still see it', async () => {
      const [claire, noe] = [await town.viewer('claire.lefevre'), await town.viewer('noe.garnier')];
      const item = await giveTo(town.core, claire, { child: noe });
      const { school } = claire;
      await town.core.walls.hang(claire, { school, item });
      const ask = async (local: string, known: string) => {
        const cookie = `${SESSION_COOKIE}=${await town.enter(await town.viewer(local))}`;
        const answer = await fetch(`${visits.base}/gifts/${school}/${item}/file`, {
          headers: { cookie, 'if-none-match': known },
        });
        return { answer, bytes: (await answer.arrayBuffer()).byteLength };
      };
      const first = await ask('lina.moreau', '');
      expect(first.answer.status).toBe(200);
      expect(first.answer.headers.get('cache-control')).toBe('private, no-cache');
      expect(first.answer.headers.get('set-cookie')).toContain(KEPT_COOKIE);
      const mark = first.answer.headers.get('etag') ?? '';
      const again = await ask('lina.moreau', `"other", W/${mark}`);
      expect([again.answer.status, again.bytes]).toEqual([304, 0]);
      expect((await ask('karim.haddad', mark)).answer.status).toBe(404);
      const leaving = await visits.read('lina.moreau');
      const csrf = (await leaving.getAttribute('form[action="/signout"] input', 'value')) ?? '';
      const left = await fetch(`${visits.base}/signout`, {
        method: 'POST',
        headers: {
          cookie: `${KEPT_COOKIE}=1; ${SESSION_COOKIE}=${leaving.cookies.get(SESSION_COOKIE)}`,
          origin: visits.base,
        },
        body: new URLSearchParams({ csrf }),
        redirect: 'manual',
      });
      expect(left.headers.get('clear-site-data')).toBe('"cache", "storage"');
      await town.core.walls.takeBack(noe, { school, item });
      expect((await ask('lina.moreau', mark)).answer.status).toBe(404);
    });

    it('says a sentence to what can’t be done, and loses nothing', SOAKED, async () => {
      const [claire, noe] = [await town.viewer('claire.lefevre'), await town.viewer('noe.garnier')];
      const item = await giveTo(town.core, claire, { child: noe });
      const teacher = await visits.read('claire.lefevre', '/walls');
      // Its child takes it back under the teacher's finger.
      await town.core.walls.takeBack(noe, { school: claire.school, item });
      await teacher.click('.tohang button[value=hang]');
      expect(await text(teacher)).toContain('L’enfant l’a repris entre-temps.');
      // What a second tab has done is nobody's fault either.
      const again = await giveTo(town.core, claire, { child: noe });
      await teacher.goto(`${visits.base}/walls`);
      const tab = await visits.read('claire.lefevre', '/walls');
      await tab.click('.tohang button[value=hang]');
      await teacher.click('.tohang button[value=hang]');
      expect(await text(teacher)).toContain('C’est déjà au mur.');
      for (const one of [tab, teacher]) await one.goto(`${visits.base}/gifts/1/${again}`);
      for (const one of [tab, teacher]) {
        await one.click('.taps summary');
        await one.click('button[value=refuse]');
      }
      expect(await text(teacher)).toContain('Ce n’est plus au mur : c’est déjà dit à l’enfant.');
      await town.core.walls.takeBack(noe, { school: claire.school, item: again });
      const child = await visits.read('noe.garnier', '/walls');
      await child.click('main >> text=Accrocher un dessin');
      expect(await pageFaults(child, 'pupil-mine')).toEqual([]);
      await child.click('main >> text=Je veux l’accrocher');
      expect(await text(child)).toContain('C’est donné.');
      await child.click('main >> text=Ne plus l’accrocher');
      expect(await text(child)).toContain('C’est décroché.');
    });
  },
);
