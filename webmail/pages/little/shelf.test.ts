/** A little one's shelf: what they drew is there by itself, and what their teacher shows them. */
import { expect, it } from 'vitest';
import { dayAt } from '../../../core/ground/clock.ts';
import { drawnPicture } from '../../../core/mail/phrases/drawings.ts';
import { dayAfter } from '../../../core/roster/days.ts';
import { marked, sendFile } from '../../../core/school/wall/testing/makings.ts';
import { tokenIn } from '../../testing/guest.ts';
import { openTownPages } from '../../testing/served.ts';

const { town, enter } = await openTownPages();
const { core } = town;
const [tom, sylvie] = [await town.viewer('tom.moreau'), await town.viewer('sylvie.caradec')];
const page = await enter('tom.moreau');
const ofClass = (await core.cupboards.list(sylvie))
  .map(({ ref }) => ref)
  .find((ref) => 'classId' in ref);
if (ofClass === undefined) throw new Error('no class');

const shelf = async () => (await page.get('/cupboards')).body;

it('has what they drew and what is shown to the class, large at a touch, and no word to read', async () => {
  expect((await page.get('/mail/inbox')).body).toContain('href="/cupboards"');
  expect(await shelf()).toContain('/says/shelfEmpty');
  const { letter } = await sendFile(core, tom, { file: marked(core), to: sylvie.address });
  const fish = { name: 'Poisson.png', mediaType: 'image/png', bytes: drawnPicture('dessin') };
  const put = await core.cupboards.put(sylvie, ofClass, fish);
  const note = { name: 'Notes.txt', mediaType: 'text/plain', bytes: Buffer.from('x') };
  await core.cupboards.put(sylvie, ofClass, note);
  if (put?.kind !== 'put') throw new Error('not put');
  const at = `/stored/${put.ref.school}/${put.ref.item}`;
  const body = await shelf();
  expect(body).toContain(`src="/makings/${letter}/2"`);
  // What they drew opens large as well, over the page.
  expect(body).toContain(`href="#m${letter}-2"`);
  expect(body).toContain(`id="m${letter}-2"`);
  expect(body).toContain(`src="${at}/content?as=picture"`);
  expect(body).not.toContain('Notes');
  expect((await page.get(`${at}/content?as=picture`)).statusCode).toBe(200);
  expect((await page.get(at)).body).toContain('/says/shelfFile');
  await core.cupboards.show(sylvie, put.ref, { sees: 'author', isOpen: false });
  expect(await shelf()).not.toContain(at);
  expect((await page.get(`${at}/content?as=picture`)).statusCode).toBe(404);
  const { statusCode, headers } = await page.get(at);
  expect([statusCode, headers['location']]).toEqual([303, '/cupboards']);
});

it('hands a drawing in by one touch, and shows what was given back with the word in an ear', async () => {
  const untilDay = dayAfter(dayAt(town.clock.now, 'Europe/Paris'), 3);
  const wish = { name: 'La pluie', asks: 'Dessine tes bottes.', untilDay };
  const made = await core.handIns.make(sylvie, ofClass, wish);
  if (made.kind !== 'made') throw new Error(made.kind);
  await sendFile(core, tom, { file: marked(core, 'fish'), to: sylvie.address });
  const body = await shelf();
  expect(body).toContain('Dessine tes bottes.');
  const action = `/boxes/${made.ref.school}/${made.ref.box}/hand`;
  const letter = /name="letter" value="([^"]+)"/.exec(body)?.[1] ?? '';
  const csrf = tokenIn(body);
  const unknown = { csrf, letter: '0b7f0f6e-4a9a-4d53-9a0e-5c7f1f0a9d11', part: '2' };
  expect((await page.post(action, unknown)).statusCode).toBe(404);
  expect((await page.post(action, { csrf, letter, part: '2' })).body).toContain(
    '/says/shelfHanded',
  );
  expect((await shelf()).includes(action)).toBe(false);
  const said = { pupil: tom.addressId, stamp: 'bravo', word: 'Belles bottes !' } as const;
  expect(await core.handIns.giveBack(sylvie, made.ref, said)).toEqual({ kind: 'given' });
  expect(await shelf()).toContain('Belles bottes !');
});
