/** Files that a script brings piece by piece, over a line that is cut. */
import { beforeEach, expect, it } from 'vitest';
import { fillCupboard } from '../../../core/school/hand-in/testing/filled.ts';
import { COLOURS, pageFaults } from '../../../tests/shared/page-faults.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { beginToSpeak, speak, tone } from '../../testing/microphone.ts';
import { openPages } from '../../testing/pages.ts';

const { town, visits } = await openPages();
beforeEach(() => town.admin.query('delete from cupboard'));
/** With the second at which it was spoken. */
const SPOKEN = /^voix, .*\(\d\d\)\./;

it('come whole over a line that is cut, and what is said of one stays', async () => {
  const page = await visits.enter('claire.lefevre', { at: '/cupboards/1/own' });
  let cuts = 0;
  await page.route('**/coming/*/1', (route) => {
    cuts += 1;
    return cuts === 1 ? route.abort('connectionreset') : route.continue();
  });
  await page.setInputFiles('input[name=files]', [
    { name: 'mot.txt', mimeType: 'text/plain', buffer: Buffer.from('Bonjour') },
    { name: 'rien.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
  ]);
  await page.waitForSelector('[data-says]:has-text("La ligne est coupée")');
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await page.waitForSelector('.coming-files >> text=arrivé');
  expect(await page.textContent('[data-says]')).toBe('rien.txt est vide.');
  await page.click('form[action$="/put"] button.main');
  await page.waitForURL(/own\?said=put/);
  expect(cuts).toBe(2);
  expect(await page.locator('.stored > li').count()).toBe(1);
});

it(
  'come whole over a line that is cut three times, several at once, let fall or chosen',
  SOAKED,
  async () => {
    const page = await visits.enter('claire.lefevre', { at: '/cupboards/1/own' });
    let cuts = 0;
    await page.route('**/coming/*/2', (route) => {
      cuts += 1;
      return cuts <= 3 ? route.abort('connectionreset') : route.continue();
    });
    const long = Buffer.alloc(1_100_000, 'Il était une fois un chat. ');
    await page.setInputFiles('input[name=files]', [
      { name: 'conte.txt', mimeType: 'text/plain', buffer: long },
      { name: 'mot.txt', mimeType: 'text/plain', buffer: Buffer.from('Bonjour') },
      { name: 'rien.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    ]);
    await page.waitForSelector('[data-says]:has-text("La ligne est coupée")');
    expect(await page.locator('.coming-files progress').count()).toBe(2);
    // What was said of one that stays behind is read before the others go.
    await page.waitForSelector('.coming-files li:nth-child(2) >> text=arrivé');
    expect(await page.textContent('[data-says]')).toBe('rien.txt est vide.');
    await page.click('form[action$="/put"] button.main');
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
  },
);

it('wait for another try where there is no room, or the folder was thrown away meanwhile', async () => {
  const claire = await town.viewer('claire.lefevre');
  const { cupboards } = town.core;
  const own = { school: claire.school, place: 'own' } as const;
  const made = await cupboards.makeFolder(claire, own, 'Sorties');
  if (made.kind !== 'done') throw new Error(made.kind);
  const piece = { upload: '0b7f0f6e-4a9a-4d53-9a0e-5c7f1f0a9d22', place: 1 };
  await cupboards.bringPiece(claire, piece, Buffer.from('Le car part à huit heures.'));
  const page = await visits.read('claire.lefevre');
  const at = `/stored/1/${made.ref.item}`;
  await page.goto(`${visits.base}${at}`);
  const csrf = (await page.getAttribute('input[name=csrf]', 'value')) ?? '';
  const come = { come: piece.upload, 'come-name': 'Car.txt', 'come-pieces': '1' };
  const put = async (where: string) => {
    const answer = await page.post(`${visits.base}${where}/put`, { csrf, ...come });
    const said = String(await answer.body());
    const isAgain = said.includes(`name="come" value="${piece.upload}"`);
    return { isAgain, said };
  };
  const filler = { name: 'Gros.txt', mediaType: 'text/plain', bytes: Buffer.from('Gros') };
  const full = await cupboards.put(claire, own, filler);
  await town.admin.query("update cupboard_item set size_bytes = 2000000000 where kind = 'file'");
  expect(await put(at)).toMatchObject({
    isAgain: true,
    said: expect.stringContaining('Car.txt\u00a0: ce casier est plein'),
  });
  if (full?.kind === 'put') await cupboards.throwAway(claire, full.ref);
  await town.admin.query("update cupboard_item set size_bytes = 4 where kind = 'file'");
  await cupboards.throwAway(claire, made.ref);
  expect(await put(at)).toMatchObject({
    isAgain: true,
    said: expect.stringContaining('ce dossier a été jeté entre-temps'),
  });
  expect(await put('/cupboards/1/own')).toMatchObject({ isAgain: false });
  const { rows } = await town.admin.query("select from cupboard_item where name = 'Car.txt'");
  expect(rows.length).toBe(1);
});

it('come with their form to a folder that has gone, and wait among one’s own things', async () => {
  const claire = await town.viewer('claire.lefevre');
  const { cupboards } = town.core;
  const own = { school: claire.school, place: 'own' } as const;
  const made = await cupboards.makeFolder(claire, own, 'Sorties');
  if (made.kind !== 'done') throw new Error(made.kind);
  const page = await visits.read('claire.lefevre', `/stored/1/${made.ref.item}`);
  const long = Buffer.alloc(1_500_000, 'Le car part à huit heures. ');
  await page.setInputFiles('input[name=files]', [
    { name: 'Car.txt', mimeType: 'text/plain', buffer: long },
    { name: 'Mot.txt', mimeType: 'text/plain', buffer: Buffer.from('Bonjour') },
  ]);
  await cupboards.throwAway(claire, made.ref);
  await page.click('form.dropzone button.main');
  const said = await page.textContent('main');
  expect(said).toContain('Car.txt\u00a0: ce dossier a été jeté entre-temps');
  expect(said).toContain('Rien n’est perdu');
  await page.click('form:has(input[name=come]) button.main');
  expect(page.url()).toMatch(/own\?said=put&n=2$/);
  const { rows } = await town.admin.query(
    `select i.name, i.size_bytes as size from cupboard_item i
      where i.kind = 'file' and i.thrown_at is null order by i.name`,
  );
  expect(rows).toEqual([
    { name: 'Car.txt', size: long.length },
    { name: 'Mot.txt', size: 7 },
  ]);
  const waiting = await town.admin.query('select from coming_file');
  expect(waiting.rows).toEqual([]);
});

it('don’t seem to come where the session is over', SOAKED, async () => {
  const page = await visits.enter('claire.lefevre', { at: '/cupboards/1/own' });
  await page.context().clearCookies();
  await page.setInputFiles('input[name=files]', [
    { name: 'mot.txt', mimeType: 'text/plain', buffer: Buffer.from('Bonjour') },
  ]);
  await page.waitForSelector('[data-says]:has-text("mot.txt n’est pas arrivé")');
  expect(new URL(page.url()).pathname).toBe('/cupboards/1/own');
});

it('say of one that is too big that it is, before a byte of it has left', SOAKED, async () => {
  const page = await visits.enter('lina.moreau', { at: '/cupboards/1/own' });
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

it('are spoken there, each under a name of its own', SOAKED, async () => {
  const page = await visits.enter('lina.moreau');
  await tone(page);
  const answer = await page.goto(`${visits.base}/cupboards/1/own`);
  expect(answer?.headers()['permissions-policy']).toContain('microphone=(self)');
  await speak(page);
  await page.waitForSelector('.banner >> text=C’est au casier.');
  town.clock.now = new Date(town.clock.now.getTime() + 1_000);
  await page.reload();
  await speak(page);
  await page.waitForFunction(() => document.querySelectorAll('.stored > li').length === 2);
  const { rows } = await town.admin.query<{ name: string; kind: string }>(
    'select name, media_type as kind from cupboard_item order by name',
  );
  expect(rows.every(({ name, kind }) => SPOKEN.test(name) && /^audio/.test(kind))).toBe(true);
});

it(
  'are not lost where somebody presses for them to be put there while they speak',
  SOAKED,
  async () => {
    const page = await visits.enter('lina.moreau');
    await tone(page);
    await page.goto(`${visits.base}/cupboards/1/own`);
    await beginToSpeak(page);
    await page.click('form[action$="/put"] button.main');
    await page.waitForSelector('.banner >> text=C’est au casier.');
    const { rows } = await town.admin.query<{ name: string; kind: string }>(
      'select name, media_type as kind from cupboard_item',
    );
    expect(rows).toEqual([
      { name: expect.stringMatching(SPOKEN), kind: expect.stringMatching(/^audio/) },
    ]);
  },
);

const REFUSED = [
  ['lina.moreau', 'Le micro ne s’ouvre pas. Demande à un adulte.'],
  ['claire.lefevre', 'Le micro ne s’ouvre pas. Autorisez-le pour cette page'],
] as const;
it.each(REFUSED)('are not spoken by %s where the microphone is refused: « %s »', SOAKED, whomToAsk);

async function whomToAsk(local: string, sentence: string): Promise<void> {
  const page = await visits.enter(local);
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await page.goto(`${visits.base}/cupboards/1/own`);
  await page.click('[data-record]');
  const line = page.locator('[data-tray-says]');
  await line.waitFor({ state: 'visible' });
  expect(await line.textContent()).toContain(sentence);
  expect(await page.getAttribute('[data-record]', 'aria-pressed')).toBeNull();
}

it('are spoken by a teacher to what they give back', SOAKED, async () => {
  const [claire, lina] = [await town.viewer('claire.lefevre'), await town.viewer('lina.moreau')];
  const { item: _, box } = await fillCupboard(town.core, {
    teacher: claire,
    child: lina,
    now: town.clock.now,
  });
  const page = await visits.enter('claire.lefevre');
  await tone(page);
  await page.goto(`${visits.base}/boxes/1/${box}?pupil=${lina.addressId}`);
  await beginToSpeak(page);
  await page.click('form[action$="/back"] button.main');
  await page.waitForSelector('.banner >> text=C’est redonné');
  const leaves = await town.core.handIns.notebook(lina);
  expect(leaves.some(({ mediaType }) => mediaType.startsWith('audio/'))).toBe(true);
});

const PAGES = [
  ['lina.moreau', '/cupboards/1/own', { width: 390, height: 844 }],
  ['claire.lefevre', '/cupboards/1/own/largest', { width: 390, height: 844 }],
  ['claire.lefevre', '/cupboards/1/team', { width: 768, height: 1024 }],
  ['claire.lefevre', '/cupboards/1/team/find?q=note', { width: 390, height: 844 }],
  ['tom.moreau', '/cupboards', { width: 390, height: 844 }],
  ['mamadou.diallo', '/cupboards/1/school', { width: 1280, height: 800 }],
] as const;
const pages = sliced(PAGES.length, PAGES);
it.each(pages.some)('%s finds nothing wrong with %s', findsNothingWrong);
it.each(pages.rest)('%s finds nothing wrong with %s', SOAKED, findsNothingWrong);

async function findsNothingWrong(
  local: string,
  path: string,
  viewport: (typeof PAGES)[number][2],
): Promise<void> {
  const viewer = await town.viewer(local);
  const note = { name: 'Note.txt', mediaType: 'text/plain', bytes: Buffer.from('Le chat') };
  const put = await town.core.cupboards.put(viewer, { school: viewer.school, place: 'own' }, note);
  for (const colorScheme of COLOURS) {
    const page = await visits.enter(local, { at: path, viewport, colorScheme });
    expect(await pageFaults(page, path)).toEqual([]);
    if (path !== '/cupboards/1/own' || put?.kind !== 'put') continue;
    await page.goto(`${visits.base}/stored/1/${put.ref.item}/move`);
    expect(await pageFaults(page, 'move')).toEqual([]);
  }
}
