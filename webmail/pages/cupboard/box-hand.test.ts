/** What is handed in and given back, where it can't be done at once: nothing of it is lost. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { NotPut } from '../../../core/school/cupboard/contract.ts';
import { fillCupboard } from '../../../core/school/hand-in/testing/filled.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { beginToSpeak, speak, tone } from '../../testing/microphone.ts';
import { openPages } from '../../testing/pages.ts';

const { town, visits } = await openPages();
beforeEach(() => town.admin.query('delete from cupboard; delete from hand_in_box'));

const SILENT: NotPut = { kind: 'refused', outcome: { kind: 'scanner-silent' } };
const text = (name: string, words: string) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(words),
});

/** A box of CE1 A, in which Lina has handed in something and has it back. */
async function opened() {
  const [claire, lina] = [await town.viewer('claire.lefevre'), await town.viewer('lina.moreau')];
  const { box } = await fillCupboard(town.core, {
    teacher: claire,
    child: lina,
    now: town.clock.now,
  });
  return { claire, lina, at: `${visits.base}/boxes/1/${box}` };
}

const handed = async (): Promise<readonly string[]> =>
  (await town.admin.query<{ name: string }>('select name from hand_in_file order by id')).rows.map(
    ({ name }) => name,
  );

it('says that it was changed meanwhile in another window, and takes nothing of that away', async () => {
  const { at } = await opened();
  const page = await visits.read('claire.lefevre', `${new URL(at).pathname}/change`);
  const other = page.beside();
  await other.goto(`${at}/change`);
  await other.fill('#name', 'Mon chat');
  await other.click('text=Enregistrer');
  await page.fill('#name', '');
  await page.fill('#asks', 'Dessinez un chien.');
  await page.click('text=Enregistrer');
  expect(page.came.status()).toBe(422);
  await page.fill('#name', 'Mon chien');
  await page.click('text=Enregistrer');
  expect(page.came.status()).toBe(422);
  expect(await page.textContent('[role=alert]')).toMatch(
    /Cette boîte a été modifiée entre-temps\. Elle dit maintenant\s: «\sMon chat\. /,
  );
  expect(await page.inputValue('#name')).toBe('Mon chien');
  expect(await page.inputValue('#asks')).toBe('Dessinez un chien.');
  await other.reload();
  expect(await other.textContent('main')).toContain('Mon chat');
  await page.click('text=Enregistrer');
  await other.reload();
  expect(await other.textContent('main')).toContain('Mon chien');
});

it('waits for its button where a script brings it, and is left out by one press', async () => {
  const { at } = await opened();
  const page = await visits.enter('noe.garnier', { at: at });
  await page.setInputFiles('input[name=files]', [text('Un.txt', 'Un'), text('Deux.txt', 'Deux')]);
  await page.waitForFunction(
    () => document.querySelectorAll('.coming-files li button').length === 2,
  );
  await page.waitForSelector('.coming-files li:nth-child(2) >> text=prêt');
  await page.click('.coming-files li:first-child button >> text=Retirer');
  expect(await handed()).toEqual(['plan.txt']);
  await page.click('form[action$="/hand"] button.main');
  await page.waitForSelector('.banner >> text=C’est rendu.');
  expect(await handed()).toEqual(['plan.txt', 'Deux.txt']);
});

it(
  'says what is one too many, or too much together, before a byte of it has left',
  SOAKED,
  async () => {
    const { at } = await opened();
    const page = await visits.enter('amine.benali', { at: at });
    const many = Array.from({ length: 11 }, (_, n) => text(`${n + 1}.txt`, `${n}`));
    await page.setInputFiles('input[name=files]', many);
    await page.waitForSelector('[data-says]:has-text("11.txt est de trop")');
    expect(await page.locator('.coming-files li').count()).toBe(10);
    await page.reload();
    await page.route('**/coming/**', () => {}); // no piece of it needs to arrive
    await page.evaluate(() => {
      const data = new DataTransfer();
      for (const name of ['a.mp4', 'b.mp4'])
        data.items.add(new File([new Uint8Array(13_000_000)], name, { type: 'video/mp4' }));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
    });
    await page.waitForSelector('[data-says]:has-text("b.mp4 ne tient plus avec le reste")');
    expect(await page.locator('.coming-files li').count()).toBe(1);
    expect(await handed()).toEqual(['plan.txt']);
  },
);

it('stays where the scanner is silent, and goes by one press', async () => {
  const { at } = await opened();
  const page = await visits.read('noe.garnier', at);
  await page.setInputFiles('input[name=files]', [text('Un.txt', 'Un'), text('Deux.txt', 'Deux')]);
  vi.spyOn(town.core.handIns, 'hand').mockResolvedValueOnce({
    kind: 'not-kept',
    name: 'Un.txt',
    why: SILENT,
  });
  await page.click('form[action$="/hand"] button.main');
  expect(await page.textContent('main')).toContain(
    'Un.txt\u00a0: on ne peut pas regarder ce fichier maintenant',
  );
  expect(await page.textContent('.again')).toContain('Rien n’est perdu');
  await page.click('.again button');
  expect(await page.textContent('main')).toContain('C’est rendu.');
  expect(await handed()).toEqual(['plan.txt', 'Un.txt', 'Deux.txt']);
});

it('leaves out what has no place there, keeps the rest, and lets no virus lie', async () => {
  const { at } = await opened();
  const page = await visits.read('noe.garnier', at);
  await town.admin.query('delete from coming_file');
  const virus = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';
  await page.setInputFiles('input[name=files]', [text('a.txt', 'Un'), text('b.txt', virus)]);
  await page.click('form[action$="/hand"] button.main');
  expect(await page.textContent('main')).toContain('b.txt\u00a0: ce fichier porte un virus.');
  expect(await page.textContent('.again')).toContain('a.txt');
  expect(await page.textContent('.again')).not.toContain('b.txt');
  const { account } = await town.viewer('noe.garnier');
  const waiting = await town.admin.query('select from coming_file where account_id = $1', [
    account,
  ]);
  expect(waiting.rows.length).toBe(1);
  await page.click('.again button');
  expect(await handed()).toEqual(['plan.txt', 'a.txt']);
});

it('waits among the pupil’s own things where the box takes nothing any more', async () => {
  const { at, claire } = await opened();
  const page = await visits.read('noe.garnier', at);
  await page.setInputFiles('input[name=files]', [text('Un.txt', 'Un')]);
  const [school, box] = at.split('/').slice(-2).map(Number);
  await town.core.handIns.close(claire, { school, box } as never, true);
  await page.click('form[action$="/hand"] button.main');
  expect(await page.textContent('main')).toContain('Cette boîte ne prend plus rien.');
  await page.click('.again button');
  expect(page.url()).toContain('/cupboards/1/own?said=put');
});

it('keeps a teacher’s word, stamp and file where they can’t be given back at once', async () => {
  const { lina, at } = await opened();
  const page = await visits.read('claire.lefevre', `${at}?pupil=${lina.addressId}`);
  await page.check('#stamp-again');
  await page.fill('#word', 'Ajoute une phrase.');
  await page.setInputFiles('[data-files]', [text('Mot.txt', 'Bravo')]);
  vi.spyOn(town.core.handIns, 'giveBack').mockResolvedValueOnce({
    kind: 'not-kept',
    name: 'Mot.txt',
    why: SILENT,
  });
  await page.click('form[action$="/back"] button.main');
  expect(await page.textContent('[role=alert]')).toContain('l’antivirus ne répond pas');
  expect(await page.inputValue('#word')).toBe('Ajoute une phrase.');
  expect(await page.isChecked('#stamp-again')).toBe(true);
  expect(await page.textContent('.waiting-files')).toContain('Mot');
  await page.click('form[action$="/back"] button.main');
  const leaves = await town.core.handIns.notebook(lina);
  expect(leaves.find(({ name }) => name.startsWith('Mot'))).toMatchObject({
    stamp: 'again',
    word: 'Ajoute une phrase.',
  });
});

it(
  'keeps a teacher’s word, stamp and voice where they can’t be given back at once',
  SOAKED,
  async () => {
    const { lina, at } = await opened();
    const page = await visits.enter('claire.lefevre');
    await tone(page);
    await page.goto(`${at}?pupil=${lina.addressId}`);
    await page.click('label[for=stamp-again]');
    await page.fill('#word', 'Ajoute une phrase.');
    vi.spyOn(town.core.handIns, 'giveBack').mockResolvedValueOnce({
      kind: 'not-kept',
      name: 'voix',
      why: SILENT,
    });
    await beginToSpeak(page);
    await page.click('form[action$="/back"] button.main');
    await page.waitForSelector('[role=alert] >> text=l’antivirus ne répond pas');
    expect(await page.inputValue('#word')).toBe('Ajoute une phrase.');
    expect(await page.isChecked('#stamp-again')).toBe(true);
    expect(await page.textContent('.waiting-files')).toMatch(/voix/);
    await page.click('form[action$="/back"] button.main');
    await page.waitForSelector('.banner >> text=C’est redonné');
    const leaves = await town.core.handIns.notebook(lina);
    const voice = leaves.find(({ mediaType }) => mediaType.startsWith('audio/'));
    expect(voice).toMatchObject({ stamp: 'again', word: 'Ajoute une phrase.' });
  },
);

it('takes a teacher’s voice, drawing and picture beside one another', SOAKED, async () => {
  const { lina, at } = await opened();
  const page = await visits.enter('claire.lefevre');
  await tone(page);
  await page.goto(`${at}?pupil=${lina.addressId}`);
  await speak(page);
  await page.click('[data-pad-opens]');
  const sheet = await page.locator('.pad-over canvas').nth(1).boundingBox();
  await page.mouse.move((sheet?.x ?? 0) + 50, (sheet?.y ?? 0) + 50);
  await page.mouse.down();
  await page.mouse.move((sheet?.x ?? 0) + 90, (sheet?.y ?? 0) + 90);
  await page.mouse.up();
  await page.click('.pad-over >> text=Voilà');
  await page.waitForSelector('.upload output >> text=dessin.png');
  await page.setInputFiles('[data-files]', [text('Mot.txt', 'Bravo')]);
  const names = await page.$eval('[data-files]', (field) =>
    field instanceof HTMLInputElement ? Array.from(field.files ?? [], ({ name }) => name) : [],
  );
  expect(names).toEqual(['Mot.txt', expect.stringMatching(/^voix/), 'dessin.png']);
});
