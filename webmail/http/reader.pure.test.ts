import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../core/fault.ts';
import { MAIL_PAGES } from '../routes/mail-routes.ts';
import { webmail } from '../server.ts';
import { guest, HOST, signedIn } from '../testing/guest.ts';
import { fillTown } from '../testing/letters.ts';
import { openTown } from '../testing/town.ts';
import type { Town } from '../testing/world.ts';
import { CLASS_COOKIE, CLASS_LANGUAGE_COOKIE, LANGUAGE_COOKIE } from './guard.ts';
import { acceptedOf } from './reader.ts';

it.each<{ header: string | undefined; then: string | null }>([
  { header: undefined, then: null },
  { header: '', then: null },
  { header: '*', then: null },
  { header: 'de-DE,de;q=0.9', then: null },
  { header: 'fr-FR,fr;q=0.9,en;q=0.8', then: 'fr' },
  { header: 'en-GB,en;q=0.9,fr;q=0.8', then: 'en' },
  { header: 'de, EN-us;q=0.7, fr;q=0.3', then: 'en' },
  { header: 'en;q=0.2, fr;q=0.9', then: 'fr' },
  { header: 'en;q=0, fr;q=0.1', then: 'fr' },
  { header: 'en;q=x', then: null },
  { header: 'french', then: null },
])('Accept-Language $header: $then', ({ header, then }) => expect(acceptedOf(header)).toBe(then));

describe('a page that says what went wrong', () => {
  let town: Town;
  let app: FastifyInstance;
  beforeAll(async () => {
    town = await openTown();
    fillTown(town);
    app = await webmail(town.core, MAIL_PAGES, { clock: () => town.now });
  });
  afterAll(() => app.close());

  it.each<{ when: string; cookies: Record<string, string>; asks: string; then: 'fr' | 'en' }>([
    { when: 'nothing is known', cookies: {}, asks: '', then: 'fr' },
    { when: 'the browser asks for English', cookies: {}, asks: 'en-GB,en;q=0.9', then: 'en' },
    {
      when: 'French was chosen in an English browser',
      cookies: { [LANGUAGE_COOKIE]: 'fr' },
      asks: 'en',
      then: 'fr',
    },
    {
      when: 'an old English PC of a French class',
      cookies: { [CLASS_COOKIE]: 'x', [CLASS_LANGUAGE_COOKIE]: 'fr' },
      asks: 'en',
      then: 'fr',
    },
    {
      when: 'a cookie that is none of ours',
      cookies: { [LANGUAGE_COOKIE]: 'x' },
      asks: '',
      then: 'fr',
    },
  ])('is in $then: $when', async ({ cookies, asks, then }) => {
    const headers = {
      host: HOST,
      cookie: Object.entries(cookies)
        .map((one) => one.join('='))
        .join('; '),
      'accept-language': asks,
    };
    const pages = await Promise.all([
      app.inject({ url: '/nothing', headers }),
      app.inject({ method: 'PUT', url: '/mail/inbox', headers }),
      app.inject({
        method: 'POST',
        url: '/signin',
        headers: { ...headers, origin: 'https://evil.example' },
      }),
      app.inject({
        method: 'POST',
        url: '/signin',
        headers: { ...headers, 'content-type': 'text/plain' },
        payload: 'x',
      }),
      app.inject({ url: '/signin', headers: { ...headers, host: 'evil.example' } }),
    ]);
    expect(pages.map(({ statusCode }) => statusCode)).toEqual([404, 404, 403, 415, 421]);
    for (const { body } of pages) expect(body).toContain(`<html lang="${then}">`);
  });

  it('follows the language chosen at the door, there and at doors beside', async () => {
    const somebody = guest(app);
    await somebody.get('/signin?language=en');
    for (const url of ['/nothing', '/signin', '/class', '/activate'])
      expect((await somebody.get(url)).body, url).toContain('<html lang="en">');
  });

  it('speaks as its reader is spoken to, also when their page breaks and after their session', async () => {
    const english = await signedIn(app, 'claire.lefevre@ecoles.preau.test');
    const post = async (fields: Record<string, string>) =>
      english.post('/language', { csrf: await english.csrf('/mail/inbox'), ...fields });
    await post({ language: 'en' });
    await english.get('/mail/inbox');
    expect((await english.get('/nothing')).body).toContain('This page does not exist.');
    town.down = new Fault('store-down', 'away', { transient: true });
    expect((await english.get('/mail/inbox')).body).toContain('Mail is taking a break.');
    town.down = null;
    await english.post('/signout', { csrf: await english.csrf('/mail/inbox') });
    expect((await english.get('/signin')).body).toContain('<html lang="en">');
    const lina = await signedIn(app, 'lina@ecoles.preau.test');
    expect((await lina.post('/write', { csrf: 'x' })).body).toContain(
      'Reviens en arrière, puis essaie encore.',
    );
  });
});
