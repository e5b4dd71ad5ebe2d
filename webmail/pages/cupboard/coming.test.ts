/** Files that a script brings piece by piece, over a line that is cut. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { pageFaults } from '../../../tests/shared/page-faults.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

let town: TestTown;
let visits: Visits;
beforeAll(async () => {
  town = await openTestTown();
  visits = await openVisits(town, () => town.clock.now);
});
beforeEach(() => town.admin.query('delete from cupboard'));
afterEach(() => visits.leave());
afterAll(async () => {
  await visits?.close();
  await town?.close();
});

it('come whole over a line that is cut three times, several at once, let fall or chosen', async () => {
  const page = await visits.enter('claire.lefevre');
  await page.goto(`${visits.base}/cupboards/1/own`);
  let cuts = 0;
  await page.route('**/coming/*/2', (route) => {
    cuts += 1;
    return cuts <= 3 ? route.abort('connectionreset') : route.continue();
  });
  const long = Buffer.alloc(2_500_000, 'Il était une fois un chat. ');
  await page.setInputFiles('input[name=files]', [
    { name: 'conte.txt', mimeType: 'text/plain', buffer: long },
    { name: 'mot.txt', mimeType: 'text/plain', buffer: Buffer.from('Bonjour') },
    { name: 'rien.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
  ]);
  await page.waitForSelector('[data-says]:has-text("La ligne est coupée")');
  expect(await page.locator('.coming-files progress').count()).toBe(2);
  await page.waitForURL('**/own?said=put&n=2');
  expect(cuts).toBe(4);
  const { rows } = await town.admin.query(
    `select i.name, i.size_bytes as size from cupboard_item i order by i.name`,
  );
  expect(rows).toEqual([
    { name: 'conte.txt', size: long.length },
    { name: 'mot.txt', size: 7 },
  ]);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['Tombé'], 'tombe.txt', { type: 'text/plain' }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
  });
  await page.waitForSelector('.stored >> text=tombe');
});

it('say of one that is too big that it is, before a byte of it has left', SOAKED, async () => {
  const page = await visits.enter('lina.moreau');
  await page.goto(`${visits.base}/cupboards/1/own`);
  let asked = 0;
  await page.route('**/coming/**', (route) => {
    asked += 1;
    return route.continue();
  });
  await page.setInputFiles('input[name=files]', [
    { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(25_000_001) },
  ]);
  await page.waitForSelector('[data-says]:has-text("film.mp4 est trop gros")');
  expect(asked).toBe(0);
});

it.each([
  ['lina.moreau', '/cupboards/1/own', { width: 390, height: 844 }],
  ['claire.lefevre', '/cupboards/1/team', { width: 768, height: 1024 }],
  ['mamadou.diallo', '/cupboards/1/school', { width: 1280, height: 800 }],
  ['tom.moreau', '/cupboards', { width: 390, height: 844 }],
] as const)('%s finds nothing wrong with %s', async (local, path, viewport) => {
  const viewer = await town.viewer(local);
  const note = { name: 'Note.txt', mediaType: 'text/plain', bytes: Buffer.from('Le chat') };
  await town.core.cupboards.put(viewer, { school: viewer.school, place: 'own' }, note);
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await visits.enter(local, { viewport, colorScheme });
    await page.goto(`${visits.base}${path}`);
    expect(await pageFaults(page, path)).toEqual([]);
  }
});
