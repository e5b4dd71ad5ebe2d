import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { ClassId } from '../../ground/ids.ts';
import { grainyPng, JPEG } from '../../letters/message/testing/documents.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { drawnPicture } from '../phrases/drawings.ts';

const PHOTO = { name: 'dessin.png', bytes: JPEG };
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

/** Drawn on our paper, as the page of drawing hands it over. */
const drawn = () =>
  town.core.writings.drawing({
    name: 'dessin.png',
    mediaType: 'image/png',
    bytes: drawnPicture('maison'),
  });

async function sends(
  local: string,
  file: { name: string; bytes: Buffer } = PHOTO,
): Promise<string> {
  const outcome = await town.send(local, ['noe.garnier'], { via: 'submission', file });
  return 'refusals' in outcome ? (outcome.refusals[0]?.rule ?? '') : outcome.kind;
}

it('a pupil sends a photo, by whatever name, only where their teacher opened it, and not one whose family refuses', async () => {
  const teacher = await town.viewer('claire.lefevre');
  const own = (await town.core.teaching.classes(teacher)).find(({ teaches }) => teaches);
  if (!own) throw new Error('no class');
  const set = (open: boolean, who = teacher) =>
    town.core.teaching.setSwitch(who, { class: own.id, name: 'photosOpen', value: open });
  expect((await town.viewer('lina.moreau')).photos).toBe(false);
  expect(await sends('lina.moreau')).toBe('photo-closed');
  expect(await sends('lina.moreau', drawn())).toBe('accepted');
  expect(await sends('claire.lefevre')).toBe('accepted');
  // Only a teacher of the class opens it to others.
  expect(await set(true, await town.viewer('mamadou.diallo'))).toEqual({ kind: 'missing' });
  expect(await set(true)).toEqual({ kind: 'done' });
  expect(await sends('lina.moreau')).toBe('accepted');
  const { children, switches } = (await town.core.teaching.classDetails(teacher, own.id)) ?? {};
  const refused = children?.filter(({ photoAllowed }) => photoAllowed === false);
  expect([switches?.photosOpen, refused?.map(({ givenName }) => givenName)]).toEqual([
    true,
    ['Gaël'],
  ]);
  expect((await town.viewer('gael.tanguy')).photos).toBe(false);
  expect(await sends('gael.tanguy')).toBe('photo-closed');
  expect(await sends('gael.tanguy', drawn())).toBe('accepted');
  expect(await set(false)).toEqual({ kind: 'done' });
  expect(await sends('lina.moreau')).toBe('photo-closed');
});

it('a wrong authorisation is corrected by who teaches or heads the class, at once and in the journal', async () => {
  const [claire, head] = [await town.viewer('claire.lefevre'), await town.viewer('mamadou.diallo')];
  const { classes, account } = await town.viewer('lina.moreau');
  const wish = { class: classes[0]?.id ?? (0 as ClassId), child: account };
  const note = (who: Viewer, allowed: boolean) =>
    town.core.teaching.notePhoto(who, { ...wish, allowed });
  const opens = (value: boolean) =>
    town.core.teaching.setSwitch(claire, { class: wish.class, name: 'photosOpen', value });
  expect(await note(await town.viewer('karim.haddad'), false)).toEqual({ kind: 'missing' });
  expect(await note(claire, false)).toEqual({ kind: 'done' });
  await opens(true);
  expect(await sends('lina.moreau')).toBe('photo-closed');
  expect(await note(head, true)).toEqual({ kind: 'done' });
  expect(await note(head, true)).toEqual({ kind: 'done' });
  expect(await sends('lina.moreau')).toBe('accepted');
  await opens(false);
  const { rows } = await town.admin.query(
    `select subject->'allowed' as allowed from audit where act = 'photo-word' order by id`,
  );
  expect(rows).toEqual([{ allowed: false }, { allowed: true }]);
});

it('a photo passes in no other format; our mark fits one picture alone', async () => {
  const name = 'a.png';
  const photo = grainyPng(250, 250);
  // The mark of a drawing before the pixels of a photo.
  const forged = Buffer.concat([drawn().bytes.subarray(0, 77), photo.subarray(33)]);
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64');
  for (const bytes of [photo, forged, gif])
    expect(await sends('lina.moreau', { name, bytes })).toBe('photo-closed');
  // What is no PNG, or has more colours than crayons, is marked by nobody.
  for (const bytes of [photo, JPEG]) {
    const file = { name, mediaType: 'image/png', bytes };
    expect(town.core.writings.drawing(file)).toBe(file);
  }
});

it('a photo within a formatted text is one', async () => {
  const text = `<p>Regarde !</p><img src="data:image/jpeg;base64,${JPEG.toString('base64')}">`;
  for (const [local, then] of [
    ['lina.moreau', 'photo-closed'],
    ['claire.lefevre', 'accepted'],
  ] as const) {
    const letter = { via: 'submission', subtype: 'html', text } as const;
    const outcome = await town.send(local, ['noe.garnier'], letter);
    expect('refusals' in outcome ? outcome.refusals[0]?.rule : outcome.kind).toBe(then);
  }
});

it('what a paint program has drawn is no photo', async () => {
  const bytes = drawnPicture('maison');
  expect(await sends('lina.moreau', { name: 'maison.png', bytes })).toBe('accepted');
});
