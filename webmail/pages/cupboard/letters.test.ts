/** Files between letters and cupboards: saved by one tap, attached without losing a word. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { text } from '../../../tests/shared/plain/page.ts';
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

const sheet = (name: string, words = 'Le chat dort.') => ({
  name,
  mediaType: 'text/plain',
  bytes: Buffer.from(words),
});
const own = (school: number) => ({ school, place: 'own' }) as never;

it('keeps a letter’s file among one’s own by one tap, and the letter keeps its own', async () => {
  const lina = await town.viewer('lina.moreau');
  const file = sheet('Dictée.txt');
  await town.send('claire.lefevre', ['lina.moreau'], { subject: 'La dictée', file });
  const page = await visits.read('lina.moreau');
  await page.goto(`${visits.base}/mail/inbox`);
  await page.click('a >> text=La dictée');
  await page.click('button[formaction$="/store"]');
  expect(await text(page, '.toast')).toContain('C’est dans tes affaires.');
  expect(await text(page)).toContain('Dictée.txt');
  await page.goto(`${visits.base}/cupboards/${lina.school}/own`);
  expect(await text(page, '.stored')).toContain('Dictée');
});

it('attaches what is ticked to the letter that one writes, whose words stay', async () => {
  const claire = await town.viewer('claire.lefevre');
  await town.core.cupboards.put(claire, own(claire.school), sheet('Plan.txt'));
  const page = await visits.read('claire.lefevre');
  await page.goto(`${visits.base}/write`);
  await page.fill('textarea[name=text]', 'Voici le plan.');
  await page.click('button[value=cupboard]');
  await page.click('nav.cupboards >> text=Mes affaires');
  await page.click('form[action$="/cupboard"] button');
  expect(await text(page)).toContain('Cochez d’abord un fichier.');
  await page.check('input[name=file]');
  await page.click('form[action$="/cupboard"] button');
  expect(await text(page, '.tray')).toContain('Plan.txt');
  expect(await page.inputValue('textarea[name=text]')).toBe('Voici le plan.');
});

it('begins a letter with a file, and says what is too big for one', async () => {
  const claire = await town.viewer('claire.lefevre');
  const put = await town.core.cupboards.put(claire, own(claire.school), sheet('Plan.txt'));
  if (put?.kind !== 'put') throw new Error('not put');
  const page = await visits.read('claire.lefevre');
  await page.goto(`${visits.base}/write`);
  await page.click('button[value=cupboard]');
  await page.click('nav.cupboards >> text=Mes affaires');
  await page.check('input[name=file]');
  await town.admin.query('update cupboard_item set size_bytes = 24000000');
  await page.click('form[action$="/cupboard"] button');
  expect(await text(page)).toContain('Trop gros pour une lettre');
  await town.admin.query('update cupboard_item set size_bytes = 13');
  await page.check('input[name=file]');
  await town.core.cupboards.throwAway(claire, put.ref);
  await page.click('form[action$="/cupboard"] button');
  expect(await text(page)).toContain('Un de ces fichiers n’est plus au casier.');
});
