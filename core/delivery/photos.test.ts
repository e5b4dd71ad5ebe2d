import { afterAll, beforeAll, expect, it } from 'vitest';
import { JPEG } from '../message/testing/documents.ts';
import { openTestTown, type TestTown } from '../testing/town.ts';

const PHOTO = { name: 'dessin.png', bytes: JPEG };
const DRAWING = {
  name: 'dessin.png',
  bytes: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

async function sends(local: string, file = PHOTO): Promise<string> {
  const outcome = await town.send(local, ['noe.garnier'], { via: 'submission', file });
  return 'refusals' in outcome ? (outcome.refusals[0]?.rule ?? '') : outcome.kind;
}

it('a pupil sends a photo, by whatever name, only where their teacher opened it, and not one whose family refuses', async () => {
  const teacher = await town.viewer('claire.lefevre');
  const own = (await town.core.teaching.classes(teacher)).find(({ teaches }) => teaches);
  if (!own) throw new Error('no class');
  const set = (open: boolean, who = teacher) =>
    town.core.teaching.openPhotos(who, { class: own.id, open });
  expect((await town.viewer('lina.moreau')).photos).toBe(false);
  expect(await sends('lina.moreau')).toBe('photo-closed');
  expect(await sends('lina.moreau', DRAWING)).toBe('accepted');
  expect(await sends('claire.lefevre')).toBe('accepted');
  // Only a teacher of the class opens it to others.
  expect(await set(true, await town.viewer('mamadou.diallo'))).toEqual({ kind: 'missing' });
  expect(await set(true)).toEqual({ kind: 'done' });
  expect(await sends('lina.moreau')).toBe('accepted');
  const { children, photosOpen } = (await town.core.teaching.classDetails(teacher, own.id)) ?? {};
  const refused = children?.filter(({ photoAllowed }) => photoAllowed === false);
  expect([photosOpen, refused?.map(({ givenName }) => givenName)]).toEqual([true, ['Gaël']]);
  expect((await town.viewer('gael.tanguy')).photos).toBe(false);
  expect(await sends('gael.tanguy')).toBe('photo-closed');
  expect(await sends('gael.tanguy', DRAWING)).toBe('accepted');
  expect(await set(false)).toEqual({ kind: 'done' });
  expect(await sends('lina.moreau')).toBe('photo-closed');
});
