/** An adult's own settings, as forms bring them and as every page shows them afterwards. */
import { expect, it } from 'vitest';
import { DEVICE_COOKIE } from '../../http/guard.ts';
import { openTownPages } from '../../testing/served.ts';

const { enter } = await openTownPages();
const [claire, lina] = [await enter('claire.lefevre'), await enter('lina.moreau')];

const opened = (body: string): string => /<html[^>]*>/.exec(body)?.[0] ?? '';
const selected = (body: string): string[] =>
  [...body.matchAll(/<option value="([^"]*)"[^>]* selected/g)].map(([, value]) => value ?? '');

it('keeps what a teacher sets, and says it on the next page in the language that was chosen', async () => {
  const julie = await enter('julie.robin');
  const before = (await julie.get('/settings')).body;
  expect(opened(before)).toBe('<html lang="fr">');
  expect(selected(before)).toEqual(['fr', '', '', '', 'conversation', '', '']);
  const answer = await julie.post('/settings', {
    csrf: await julie.csrf('/settings'),
    language: 'en',
    paper: 'night',
    size: 'large',
    font: '',
    by: 'message',
    rows: 'dense',
    after: 'next',
  });
  expect(answer.headers.location).toBe('/settings?said=reading#reading');
  const after = (await julie.get('/settings?said=reading')).body;
  expect(after).toContain('Your settings are saved.');
  expect(selected(after)).toEqual(['en', 'night', 'large', '', 'message', 'dense', 'next']);
  expect(after).not.toMatch(/name="shortcuts"[^>]* checked/);
  expect(opened((await julie.get('/mail/inbox')).body)).toBe(
    '<html lang="en" data-theme="dark" data-paper="night" data-size="large" data-rows="dense">',
  );
});

it('offers a family a word a day, and nobody else', async () => {
  const samira = await enter('samira.benali');
  const before = (await samira.get('/settings')).body;
  expect(before).toContain('Un mot par jour de ce qui attend');
  expect(before).not.toMatch(/name="daily"[^>]* checked/);
  const csrf = await samira.csrf('/settings');
  const answer = await samira.post('/settings/daily-word', { csrf, daily: 'on' });
  expect(answer.headers.location).toBe('/settings?said=notices#notices');
  expect((await samira.get('/settings')).body).toMatch(/name="daily"[^>]* checked/);
  await samira.post('/settings/daily-word', { csrf });
  expect((await samira.get('/settings')).body).not.toMatch(/name="daily"[^>]* checked/);
  expect((await claire.get('/settings')).body).not.toContain('name="daily"');
  const wish = { csrf: await claire.csrf('/settings'), daily: 'on' };
  expect((await claire.post('/settings/daily-word', wish)).statusCode).toBe(404);
});

it('offers notices at a computer that an adult called their own, and nowhere else', async () => {
  const csrf = await claire.csrf('/settings');
  const wish = { csrf, notices: 'on', subject: 'on', kind: 'families', gathered: 'on' };
  expect((await claire.get('/settings')).body).toContain('Sur un ordinateur partagé');
  expect((await claire.post('/settings/notices', wish)).statusCode).toBe(404);
  claire.cookies.set(DEVICE_COOKIE, 'theirs');
  expect((await claire.get('/settings')).body).not.toMatch(/name="notices"[^>]* checked/);
  const answer = await claire.post('/settings/notices', wish);
  expect(answer.headers.location).toBe('/settings?said=notices#notices');
  const { body } = await claire.get('/settings');
  expect(body).toMatch(/name="notices"[^>]* checked/);
  expect(body).toMatch(/name="subject"[^>]* checked/);
  expect(body).toMatch(/name="gathered"[^>]* checked/);
  const kinds = [...body.matchAll(/name="kind" value="(\w+)"( checked)?/g)];
  expect(kinds.map(([, kind, on]) => `${kind}${on ?? ''}`)).toEqual([
    'held',
    'families checked',
    'pupils',
    'team',
    'others',
  ]);
});

it('takes no form that isn’t of its page, and is no page of a child', async () => {
  const csrf = await claire.csrf('/settings');
  expect((await claire.post('/settings', { csrf, language: 'de' })).statusCode).toBe(400);
  expect((await lina.get('/settings')).statusCode).toBe(404);
  const childs = await lina.csrf('/mail/inbox');
  expect((await lina.post('/settings', { csrf: childs, language: 'en' })).statusCode).toBe(404);
  expect((await claire.get('/comfort')).statusCode).toBe(404);
});

it('closes no page by a name that none has', async () => {
  const csrf = await claire.csrf('/settings');
  const close = async (session: string): Promise<number> =>
    (await claire.post('/settings/others', { csrf, session })).statusCode;
  expect(await close('7f0e4f3a-6a3e-4a0e-9d0c-0d9a1f1f2b3c')).toBe(303);
  expect(await close('1')).toBe(404);
  expect(await close('A'.repeat(9_000))).toBe(404);
});
