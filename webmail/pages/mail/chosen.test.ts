/** What is done with chosen messages: where the list stays, what opens after, what is junk. */
import { afterAll, afterEach, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { text } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown } from '../../../tests/shared/town.ts';
import { openVisits } from '../../testing/visits.ts';

const town = await openTestTown();
const visits = await openVisits(town, () => town.clock.now);
afterEach(() => visits.leave());
afterAll(async () => {
  await visits.close();
  await town.close();
});

/** Letters from outside to somebody who has none. */
async function bring(local: string, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1)
    await town.receive(`musee${at}@exemple.fr`, [local], { subject: `Mot ${at}`, text: 'x' });
}

it('is read or junk at once', async () => {
  await bring('odile.prigent', 5);
  const page = await visits.read('odile.prigent');
  for (const nth of [0, 1]) await page.check(`.pick >> nth=${nth}`);
  await page.click('.chosen [value=seen]');
  expect(await page.locator('.rows .new').count()).toBe(3);
  await page.check('.pick >> nth=2');
  await page.click('.chosen .drop:last-child summary');
  await page.click('.chosen [value=junk]');
  expect(await town.rows('odile.prigent', 'junk')).toMatchObject([{ subject: 'Mot 2' }]);
});

it('stays chosen where it lies, where its folder can’t be made', async () => {
  await bring('nora.belkacem', 42);
  const page = await visits.read('nora.belkacem');
  await page.click('[data-more=older] a');
  for (const nth of [0, 1]) await page.check(`.pick >> nth=${nth}`);
  await page.click('.chosen summary:has-text("Ranger")');
  await page.fill('.chosen [data-new-folder]', 'a/b');
  await page.click('.chosen button[value="into-new"]');
  expect(await text(page, '.toast span')).toContain('Rien n’a été rangé.');
  expect(await page.locator('.pick:checked').count()).toBe(2);
  await page.click('.chosen summary:has-text("Ranger")');
  await page.fill('.chosen [data-new-folder]', 'Musées');
  await page.click('.chosen button[value="into-new"]');
  expect(await text(page, '.toast span')).toBe('2 conversations rangées dans « Musées ».');
  expect(await page.locator('.pick:checked').count()).toBe(0);
  const left = (await town.rows('nora.belkacem')).map(({ subject }) => subject);
  expect(left).not.toContain('Mot 0');
  expect(left).not.toContain('Mot 1');
});

it.skipIf(!hasChromium())(
  'is read, put away or junk at once, and no row moves as one is ticked',
  SOAKED,
  async () => {
    await bring('karim.haddad', 5);
    const page = await visits.enter('karim.haddad');
    const top = (): Promise<number> =>
      page.evaluate(
        () => document.querySelector('.rows [data-row]')?.getBoundingClientRect().top ?? 0,
      );
    const before = await top();
    await page.click('.pick >> nth=0');
    await page.click('.pick >> nth=1');
    expect(await top()).toBe(before);
    expect(await page.locator('.rows .new').count()).toBe(5);
    await page.click('.chosen [value=seen]');
    await expect.poll(() => page.locator('.rows .new').count()).toBe(3);
    await page.click('.pick >> nth=2');
    await page.click('.chosen .drop:last-child summary');
    await page.click('.chosen [value=junk]');
    await expect.poll(async () => (await town.rows('karim.haddad', 'junk')).length).toBe(1);
    expect((await town.rows('karim.haddad', 'junk'))[0]?.subject).toBe('Mot 2');
  },
);

it.skipIf(!hasChromium())(
  'opens the next one after what was open is put away, for who wants it so',
  SOAKED,
  async () => {
    await bring('marc.olivier', 3);
    const marc = await town.viewer('marc.olivier');
    await town.core.accounts.setComfort(marc, { after: 'next' });
    const going = await visits.enter('marc.olivier');
    await going.click('.msg >> nth=0');
    await going.waitForSelector('.reading');
    await going.click('.tools [value=archive]');
    await going.waitForSelector('#st:has-text("Mot 1")');
    expect(await going.locator('.msg[aria-current]').textContent()).toContain('Mot 1');
    await town.core.accounts.setComfort(marc, {});
    const page = await visits.enter('marc.olivier');
    await page.click('.msg >> nth=0');
    await page.waitForSelector('.reading');
    await page.click('.tools [value=archive]');
    await page.waitForSelector('.pane.empty');
  },
);

it.skipIf(!hasChromium())(
  'stays away what was put away, though a page comes late that has it still',
  SOAKED,
  async () => {
    await bring('helene.bertin', 3);
    const page = await visits.enter('helene.bertin');
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route(/\/mail\/inbox/, async (route) => {
      if (route.request().headers()['x-preau-live'] === undefined) return route.continue();
      const response = await route.fetch();
      await held;
      return route.fulfill({ response });
    });
    const asked = page.waitForRequest((one) => one.headers()['x-preau-live'] !== undefined);
    await town.receive('musee@exemple.fr', ['helene.bertin'], { subject: 'Neuf', text: 'x' });
    await asked;
    await page.check('.rows li:has-text("Mot 1") .pick');
    await page.click('.chosen [value=archive]');
    await page.waitForSelector('.toast');
    await page.evaluate(() => {
      const note = (): void => {
        if (document.querySelector('.rows')?.textContent?.includes('Mot 1') === true)
          document.body.dataset['cameBack'] = 'yes';
      };
      new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
    });
    letGo();
    await page.waitForSelector('.msg:has-text("Neuf")');
    expect(await page.evaluate(() => document.body.dataset['cameBack'])).toBeUndefined();
  },
);

it.skipIf(!hasChromium())(
  'is chosen no more once something is done with it, though news of that is quicker than its answer, but where it is ticked again meanwhile',
  SOAKED,
  async () => {
    await bring('julie.robin', 3);
    const page = await visits.enter('julie.robin');
    const shown = Promise.withResolvers<void>();
    await page.route('**/act', async (route) => {
      const response = await route.fetch();
      await shown.promise;
      return route.fulfill({ response });
    });
    await page.click('.pick >> nth=0');
    await page.click('.pick >> nth=1');
    await page.click('.chosen [value=seen]');
    await expect.poll(() => page.locator('.rows .new').count()).toBe(1);
    expect(await page.locator('.pick:checked').count()).toBe(0);
    await page.check('.pick >> nth=1');
    shown.resolve();
    await page.waitForSelector('.toast');
    const ticked = () =>
      page.$$eval('.rows .pick', (boxes) =>
        boxes.map((box) => box instanceof HTMLInputElement && box.checked),
      );
    expect(await ticked()).toEqual([false, true, false]);
    expect(await page.textContent('[data-chosen]')).toContain('1');
    expect(await page.locator('.rows .new').count()).toBe(1);
  },
);
