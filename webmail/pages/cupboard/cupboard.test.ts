/** A worksheet's way through the pages: put there, opened, thrown away, taken out again. */
import { beforeEach, describe, expect, it } from 'vitest';
import { smallPdf } from '../../../cli/demo/files.ts';
import { unpack } from '../../../core/roster/reading/archive.ts';
import { ownClassOf } from '../../../core/school/week/testing/week-town.ts';
import { text, type PlainPage } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openPages } from '../../testing/pages.ts';

const { town, visits } = await openPages();
beforeEach(() => town.admin.query('delete from cupboard; delete from hand_in_box'));

const SHEET = { name: 'Dictée.txt', mimeType: 'text/plain', buffer: Buffer.from('Le chat dort.') };

/** The page of the class's cupboard, in which its teacher has put a worksheet. */
async function besideSheet(): Promise<PlainPage> {
  const viewer = await town.viewer('claire.lefevre');
  const at = { school: viewer.school, classId: ownClassOf(viewer) };
  const { name, mimeType: mediaType, buffer: bytes } = SHEET;
  const put = await town.core.cupboards.put(viewer, at, { name, mediaType, bytes });
  if (put?.kind !== 'put') throw new Error(put?.kind);
  return visits.read('claire.lefevre', '/classes/1/cupboard');
}

describe('the cupboard of a class', () => {
  it('takes a worksheet from its teacher, shows it to a pupil, and to a family once it may', async () => {
    const claire = await visits.read('claire.lefevre', '/classes/1/cupboard');
    expect(await text(claire)).toContain('Rien ici pour le moment');
    await claire.click('.fold summary');
    await claire.fill('input[name=name]', 'Français');
    await claire.click('form[action$="/folder"] button');
    expect(await text(claire)).toContain('Le dossier est là.');
    await claire.setInputFiles('input[name=files]', [SHEET]);
    await claire.click('form[action$="/put"] button.main');
    expect(await text(claire)).toContain('C’est au casier.');
    expect(await text(claire, '.stored')).toContain('Dictée');

    const lina = await visits.read('lina.moreau', '/cupboards');
    await lina.click('.cahier >> text=Français');
    await lina.click('.stored >> text=Dictée');
    const link = await lina.getAttribute('main a[download]', 'href');
    const { status, body } = await lina.get(`${visits.base}${link}`);
    expect([status(), String(await body())]).toEqual([200, 'Le chat dort.']);

    const karine = await visits.read('karine.moreau', '/cupboards/1/1');
    expect(await text(karine)).not.toContain('Français');
    await claire.goto(`${visits.base}/classes/1/cupboard`);
    await claire.click('.cahier >> text=Français');
    const here = claire.url();
    await claire.goto(`${here.split('?')[0]}/change`);
    await claire.check('input[value=families]');
    await claire.click('form[action$="/show"] button');
    await karine.reload();
    expect(await text(karine)).toContain('Français');
  });

  it('says a sentence to what can’t be done, and loses nothing', async () => {
    const claire = await visits.read('claire.lefevre', '/classes/1/cupboard');
    await claire.click('form[action$="/put"] button.main');
    expect(await text(claire)).toContain('Choisissez d’abord un fichier.');
    const program = { ...SHEET, name: 'jeu.exe', buffer: Buffer.from('MZ') };
    await claire.setInputFiles('input[name=files]', [SHEET, program]);
    await claire.click('form[action$="/put"] button.main');
    expect(await text(claire)).toContain('jeu.exe : ce genre de fichier n’a pas de place ici.');
    expect(await text(claire, '.stored')).toContain('Dictée');
    await claire.click('.fold summary');
    await claire.fill('input[name=name]', 'a/b');
    await claire.click('form[action$="/folder"] button');
    expect(await text(claire)).toContain('Un nom ne prend ni');
    expect(await claire.inputValue('input[name=name]')).toBe('a/b');
  });

  it('says of a file that is empty what keeps it out, and takes the one beside it', async () => {
    const claire = await visits.read('claire.lefevre', '/classes/1/cupboard');
    const empty = { ...SHEET, name: 'rien.txt', buffer: Buffer.alloc(0) };
    await claire.setInputFiles('input[name=files]', [empty, SHEET]);
    await claire.click('form[action$="/put"] button.main');
    expect(await text(claire)).toContain('rien.txt : Ce fichier est vide.');
    expect(await text(claire, '.stored')).toContain('Dictée');
  });

  it(
    'says of each file by itself what keeps it out: empty, too big together, too many',
    SOAKED,
    async () => {
      const claire = await visits.read('claire.lefevre');
      const empty = { ...SHEET, name: 'rien.txt', buffer: Buffer.alloc(0) };
      const big = { ...SHEET, name: 'gros.txt', buffer: Buffer.alloc(26_300_000, 'a') };
      await claire.goto(`${visits.base}/classes/1/cupboard`);
      await claire.setInputFiles('input[name=files]', [SHEET, empty, big]);
      await claire.click('form[action$="/put"] button.main');
      expect(await text(claire)).toContain('rien.txt : Ce fichier est vide.');
      expect(await text(claire)).toContain('gros.txt : Ce fichier est trop gros');
      expect(await text(claire, '.stored')).toContain('Dictée');
      expect(await text(claire, '.stored')).not.toContain('rien');
      const many = Array.from({ length: 21 }, (_, at) => ({ ...SHEET, name: `f${at + 1}.txt` }));
      await claire.setInputFiles('input[name=files]', many);
      await claire.click('form[action$="/put"] button.main');
      expect(await text(claire)).toContain('f21.txt : 20 fichiers à la fois, pas plus');
      expect(await text(claire)).not.toContain('f20.txt :');
    },
  );

  it('gives a part of a file where a player asks for one', async () => {
    const claire = await besideSheet();
    const at = await claire.getAttribute('.stored a[download]', 'href');
    const ask = async (range: string) => {
      const answer = await claire.get(`${visits.base}${at}`, { range });
      const headers = answer.headers();
      return [answer.status(), headers['content-range'], String(await answer.body())];
    };
    expect(await ask('bytes=3-6')).toEqual([206, 'bytes 3-6/13', 'chat']);
    expect(await ask('bytes=-5')).toEqual([206, 'bytes 8-12/13', 'dort.']);
    expect(await ask('bytes=99-')).toEqual([416, 'bytes */13', '']);
    expect(await ask('words=1-2')).toEqual([200, undefined, 'Le chat dort.']);
  });

  it('shows a PDF that only is read in its page, and gives a folder as a ZIP', async () => {
    const claire = await visits.read('claire.lefevre', '/classes/1/cupboard');
    const { bytes } = smallPdf('Tables.pdf', ['2 x 3 = 6']);
    const pdf = { name: 'Tables.pdf', mimeType: 'application/pdf', buffer: bytes };
    await claire.setInputFiles('input[name=files]', [pdf, SHEET]);
    await claire.click('form[action$="/put"] button.main');
    expect(await text(claire)).toContain('2 fichiers sont au casier.');
    const zip = await claire.get(`${visits.base}/cupboards/1/1/all.zip`);
    expect(zip.headers()['content-type']).toBe('application/zip');
    const files = unpack({ name: 'all.zip', bytes: await zip.body() }, () => true, { most: 10 });
    if (!Array.isArray(files)) throw new Error('no archive');
    expect(files.map(({ path }) => path).toSorted()).toEqual(['Dictée.txt', 'Tables.pdf']);
    await claire.click('.stored a >> text=Tables');
    const inside = await claire.getAttribute('object', 'data');
    const answer = await claire.get(`${visits.base}${inside}`);
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
    await claire.click('main a[href$="/pages"]');
    expect(await text(claire)).toContain('Page 1 sur 1');
    const leaf = await claire.getAttribute('img.leaf', 'src');
    const drawn = await claire.get(`${visits.base}${leaf}`);
    expect([drawn.status(), drawn.headers()['content-type']]).toEqual([200, 'image/png']);
    expect((await claire.get(`${visits.base}${leaf}0`)).status()).toBe(404);
    await claire.goto(`${visits.base}/cupboards/1/1/find?q=dictee`);
    expect(await text(claire, '.stored')).toContain('Dictée');
  });

  it('puts a file elsewhere, and back by one press', async () => {
    const claire = await besideSheet();
    await claire.click('.stored summary');
    await claire.click('.stored a[href$="/move"]');
    expect(await text(claire)).toContain('C’est ici déjà');
    await claire.click('nav.cupboards >> text=L’équipe');
    expect(await text(claire)).toContain('Ici, les adultes de l’école le voient.');
    await claire.click('form[action$="/move"] button');
    expect(await text(claire)).toContain('C’est rangé ici.');
    expect(await text(claire, '.stored')).toContain('Dictée');
    const moved = claire.url();
    await claire.click('.banner button');
    expect(await text(claire)).toContain('C’est de retour ici');
    // A second press, or one on a page that stayed open, says the same.
    await claire.goto(moved);
    await claire.click('.banner button');
    expect(await text(claire)).toContain('C’est de retour ici');
    expect(claire.url()).toContain('/cupboards/1/1?');
    expect(await text(claire, '.stored')).toContain('Dictée');
  });

  it('throws away and gives back', async () => {
    const claire = await besideSheet();
    await claire.click('.stored summary');
    await claire.click('.stored form[action$="/throw"] button');
    expect(await text(claire)).toContain('C’est à la corbeille');
    await claire.click('aside >> text=Corbeille');
    await claire.click('form[action$="/out"] button');
    expect(await text(claire)).toContain('C’est de retour au casier.');
    expect(await text(claire, '.stored')).toContain('Dictée');
  });

  it('says of what another tab threw away where it is, also to who gives it a name', async () => {
    const claire = await besideSheet();
    const action = (await claire.getAttribute('.stored form[action$="/throw"]', 'action')) ?? '';
    const change = action.replace('/throw', '/change');
    const names = await visits.read('claire.lefevre', change);
    const shows = await visits.read('claire.lefevre', change);
    const throws = await visits.read('claire.lefevre', change);
    await claire.click('.stored summary');
    await claire.click('.stored form[action$="/throw"] button');
    for (const [tab, act] of [
      [shows, 'show'],
      [throws, 'throw'],
    ] as const) {
      await tab.click(`form[action$="/${act}"] button`);
      expect(await text(tab)).toContain('C’est déjà à la corbeille, pour 30 jours.');
    }
    await names.fill('input[name=name]', 'Dictée du lundi.txt');
    await names.click('form[action$="/name"] button');
    expect(await text(names)).toContain('Pour l’appeler « Dictée du lundi.txt »');
    for (const tab of [throws, shows]) await tab.click('aside >> text=Corbeille');
    for (const tab of [throws, shows]) {
      await tab.click('form[action$="/out"] button');
      expect(await text(tab)).toContain('C’est de retour au casier.');
    }
  });
});

describe('a hand-in box', () => {
  it('takes a pupil’s work, and gives it back with a word into their notebook', async () => {
    const claire = await visits.read('claire.lefevre', '/classes/1/cupboard');
    await claire.click('main >> text=Nouvelle boîte');
    await claire.click('form[action$="/box"] button');
    expect(await text(claire)).toContain('Donnez un nom à la boîte.');
    await claire.fill('#name', 'Mon animal');
    await claire.fill('#asks', 'Dessine-le.');
    await claire.click('form[action$="/box"] button');
    expect(await text(claire)).toContain('La boîte est là.');
    const here = claire.url().split('?')[0] ?? '';

    const lina = await visits.read('lina.moreau', '/cupboards/1/1');
    expect(await text(lina, '.woodbox')).toContain('Dessine-le.');
    await lina.click('.woodbox a[href*="/boxes/"]');
    await lina.click('form[action$="/hand"] button.main');
    expect(await text(lina)).toContain('Choisis d’abord ce que tu rends.');
    await lina.setInputFiles('input[name=files]', [SHEET]);
    await lina.click('form[action$="/hand"] button.main');
    expect(await text(lina)).toContain('C’est rendu.');

    const noe = await visits.read('noe.garnier', here);
    expect(await text(noe)).not.toContain('Dictée');

    await claire.reload();
    await claire.click('.pupils >> text=Lina');
    expect(await text(claire, 'aside')).toContain('Dictée');
    await claire.fill('#word', 'Très bien dessiné.');
    const virus = Buffer.from('MZ');
    await claire.setInputFiles('input[name=files]', [
      { name: 'mot.exe', mimeType: 'audio/mpeg', buffer: virus },
    ]);
    await claire.click('form[action$="/back"] button.main');
    expect(await text(claire)).toContain('mot.exe : ce genre de fichier n’a pas de place ici.');
    await claire.fill('#word', 'Très bien dessiné.');
    await claire.setInputFiles('input[name=files]', [{ ...SHEET, name: 'Ma réponse.txt' }]);
    await claire.click('form[action$="/back"] button.main');
    expect(await text(claire)).toContain('C’est redonné');
    await lina.reload();
    expect(await text(lina)).toContain('Très bien dessiné.');
    await lina.goto(`${visits.base}/notebook`);
    expect(await text(lina)).toContain('Mon animal');
    const zip = await (await lina.get(`${visits.base}/notebook/all.zip`)).body();
    const along = unpack({ name: 'all.zip', bytes: zip }, () => true, { most: 10 });
    if (!Array.isArray(along)) throw new Error('no archive');
    expect(along.map(({ path }) => path.split('/').at(-1)).toSorted()).toEqual([
      'Dictée.txt',
      'Ma réponse.txt',
      'Madame Lefèvre.txt',
    ]);
    const link = await lina.getAttribute('.notebook a[download]', 'href');
    expect(String(await (await lina.get(`${visits.base}${link}`)).body())).toBe('Le chat dort.');
  });
});
