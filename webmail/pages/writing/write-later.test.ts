import { expect, it } from 'vitest';
import { openTownPages } from '../../testing/served.ts';

const { town, enter } = await openTownPages();

it('says why a letter that waited doesn’t leave when it is sent now, and keeps it', async () => {
  const claire = await enter('claire.lefevre');
  const kept = await claire.post('/write', {
    csrf: await claire.csrf('/write'),
    act: 'later 2026-12-10T08:00',
    to: town.address('noe.garnier'),
    subject: 'Ta lecture',
    text: 'Bravo.',
  });
  const [, letter = ''] = /sent=([\w-]+)/.exec(String(kept.headers.location)) ?? [];
  await town.admin.query(
    `update account set state = 'archived' where display_name = 'Noé Garnier'`,
  );
  await town.admin.query('update school set roster_version = roster_version + 1');
  const csrf = await claire.csrf('/write/later');
  const answer = await claire.post('/write/undo', { csrf, letter, act: 'now' });
  expect(answer.statusCode).toBe(403);
  expect(answer.body).toContain('Noé');
  const [, draft = ''] = /href="(\/write\/\d+)"/.exec(answer.body) ?? [];
  expect((await claire.get(draft)).body).toContain('Bravo.');
});
