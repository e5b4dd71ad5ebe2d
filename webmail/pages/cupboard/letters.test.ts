/** Files between letters and cupboards: saved by one tap, attached without losing a word. */
import { beforeEach, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { faultsInPassing } from '../../../tests/shared/page-faults.ts';
import { text } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openPages } from '../../testing/pages.ts';

const { town, visits } = await openPages();
beforeEach(() => town.admin.query('delete from cupboard'));

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
  const page = await visits.read('lina.moreau', '/mail/inbox');
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
  const page = await visits.read('claire.lefevre', '/write');
  await page.fill('textarea[name=text]', 'Voici le plan.');
  await page.click('button[value=cupboard]');
  await page.click('nav.cupboards >> text=Mes affaires');
  await page.click('form[method=post][action$="/cupboard"] button');
  expect(await text(page)).toContain('Cochez d’abord un fichier.');
  await page.check('input[name=file]');
  await page.click('form[method=post][action$="/cupboard"] button');
  expect(await text(page, '.tray')).toContain('Plan.txt');
  expect(await page.inputValue('textarea[name=text]')).toBe('Voici le plan.');
});

it.skipIf(!hasChromium())('lays the cupboard over the letter that one writes', async () => {
  const claire = await town.viewer('claire.lefevre');
  await town.core.cupboards.put(claire, own(claire.school), sheet('Dictée.txt'));
  const page = await visits.enter('claire.lefevre', { at: '/write' });
  await page.fill('textarea[name=text]', 'Voici le plan.');
  const loaded = await page.evaluate(() => performance.timeOrigin);
  await page.click('button[value=cupboard]');
  const layer = page.locator('.pick-over');
  await layer.locator('nav >> text=Mes affaires').click();
  await layer.locator('label >> text=Dictée').click();
  await layer.locator('[data-join]').click();
  await page.locator('.tray >> text=Dictée.txt').waitFor();
  expect(await page.inputValue('textarea[name=text]')).toBe('Voici le plan.');
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded);
});

it.skipIf(!hasChromium())(
  'lays the cupboard over the letter that one writes, which stands still meanwhile (skipped where chromium is not installed)',
  SOAKED,
  async () => {
    const claire = await town.viewer('claire.lefevre');
    const { cupboards } = town.core;
    const made = await cupboards.makeFolder(claire, own(claire.school), 'Sorties');
    if (made.kind !== 'done') throw new Error(made.kind);
    await cupboards.put(claire, made.ref, sheet('Plan.txt'));
    await cupboards.put(claire, own(claire.school), sheet('Dictée.txt', 'Le chien court.'));
    const page = await visits.enter('claire.lefevre', { at: '/write' });
    await page.fill('textarea[name=text]', 'Voici le plan.');
    const loaded = await page.evaluate(() => performance.timeOrigin);
    await page.click('button[value=cupboard]');
    const layer = page.locator('.pick-over');
    await layer.locator('[data-join]').click();
    expect(await layer.locator('[data-pick-says]').textContent()).toContain('Cochez d’abord');
    await layer.locator('nav >> text=Mes affaires').click();
    await layer.locator('label >> text=Dictée').click();
    await layer.locator('a >> text=Sorties').click();
    expect(await layer.locator('[data-join]').textContent()).toContain('Joindre 1 fichier');
    await layer.locator('label >> text=Plan').waitFor();
    await layer.locator('h2').dblclick();
    expect(await page.evaluate(() => String(getSelection()))).toBe('');
    await layer.locator('label >> text=Plan').click();
    expect(await faultsInPassing(page, 'the layer')).toEqual([]);
    await page.route('**/write/cupboard?*', (route) => route.abort());
    await layer.locator('nav >> text=L’équipe').click();
    await layer.locator('text=La ligne est coupée').waitFor();
    await page.unroute('**/write/cupboard?*');
    await layer.locator('input[name=q]').fill('dictee');
    await layer.locator('.find-c button').click();
    await layer.locator('input[name=file]:checked').waitFor();
    expect(await layer.locator('[data-join]').textContent()).toContain('Joindre 2 fichiers');
    await layer.locator('[data-join]').click();
    await page.locator('.tray >> text=Plan.txt').waitFor();
    expect(await page.locator('.tray').textContent()).toContain('Dictée.txt');
    expect(await layer.isHidden()).toBe(true);
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded);
    await page.reload();
    expect(await page.inputValue('textarea[name=text]')).toBe('Voici le plan.');
    expect(await page.locator('.tray').textContent()).toContain('Plan.txt');
    // Where the layer can't be had, one's press goes by its page.
    await page.route('**/write/cupboard', (route) => route.abort());
    await page.click('button[value=cupboard]');
    await page.waitForURL(/\/write\/letter\/.*\/cupboard$/);
  },
);

it('begins a letter with a file, and says what is too big for one', async () => {
  const claire = await town.viewer('claire.lefevre');
  const put = await town.core.cupboards.put(claire, own(claire.school), sheet('Plan.txt'));
  if (put?.kind !== 'put') throw new Error('not put');
  const page = await visits.read('claire.lefevre', '/write');
  await page.click('button[value=cupboard]');
  await page.click('nav.cupboards >> text=Mes affaires');
  await page.check('input[name=file]');
  await town.admin.query('update cupboard_item set size_bytes = 24000000');
  await page.click('form[method=post][action$="/cupboard"] button');
  expect(await text(page)).toContain('Trop gros pour une lettre');
  await town.admin.query('update cupboard_item set size_bytes = 13');
  await page.check('input[name=file]');
  await town.core.cupboards.throwAway(claire, put.ref);
  await page.click('form[method=post][action$="/cupboard"] button');
  expect(await text(page)).toContain('Un de ces fichiers n’est plus au casier.');
});
