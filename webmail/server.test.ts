import { hash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEMO_PASSWORD } from '../cli/demo/seed.ts';
import { Fault } from '../core/ground/fault.ts';
import { whileShut } from '../tests/shared/shut-database.ts';
import { MAX_FIELDS_BYTES } from './http/forms.ts';
import {
  CLASS_COOKIE,
  CLASS_LANGUAGE_COOKIE,
  LANGUAGE_COOKIE,
  SESSION_COOKIE,
} from './http/guard.ts';
import { MAIL_PAGES } from './routes/mail-routes.ts';
import { DEMO_PAGES } from './routes/routes.ts';
import { webmail } from './server.ts';
import { guest, HOST, tokenIn, type Guest } from './testing/guest.ts';
import { openTownPages } from './testing/served.ts';

const { town, app, enter } = await openTownPages();
const [lina, claire] = [await enter('lina.moreau'), await enter('claire.lefevre')];
const [ce1a] = (await town.viewer('claire.lefevre')).classes;
// one and two: what is hers has an id that nothing of Lina's has
await town.send('mamadou.diallo', ['lina.moreau', 'claire.lefevre']);
await town.send('mamadou.diallo', ['claire.lefevre'], {
  file: { name: 'note.txt', bytes: Buffer.from('Bonjour') },
});
afterEach(() => vi.restoreAllMocks());

describe('what changes something', () => {
  it.each<{ when: string; headers?: Record<string, string>; csrf?: 'none' | 'empty' | 'other' }>([
    { when: 'no token', csrf: 'none' },
    { when: 'an empty token', csrf: 'empty' },
    { when: 'the token of somebody else', csrf: 'other' },
    { when: 'another origin', headers: { origin: 'https://evil.example' } },
    { when: 'a null origin', headers: { origin: 'null' } },
    { when: 'the same host on another port', headers: { origin: 'http://127.0.0.1:1' } },
    { when: 'a cross-site form', headers: { 'sec-fetch-site': 'cross-site' } },
    { when: 'a form of a sister site', headers: { 'sec-fetch-site': 'same-site' } },
  ])('$when: 403, nothing changed', async ({ headers, csrf }) => {
    const known: Readonly<Record<string, string | undefined>> = {
      none: undefined,
      empty: '',
      other: await claire.csrf('/mail/inbox'),
      own: await lina.csrf('/mail/inbox'),
    };
    const token = known[csrf ?? 'own'];
    const answer = await lina.post(
      '/language',
      { language: 'en', ...(token === undefined ? {} : { csrf: token }) },
      headers,
    );
    expect(answer.statusCode).toBe(403);
    expect((await town.viewer('lina.moreau')).language).toBe('fr');
  });

  it.each([
    { when: 'JSON as plain text', type: 'text/plain', body: '{"language":"en"}' },
    { when: 'JSON', type: 'application/json', body: '{"__proto__":{"language":"en"}}' },
  ])('$when is no form: 4xx', async ({ type, body }) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/language',
      headers: {
        host: HOST,
        cookie: `${SESSION_COOKIE}=${lina.cookies.get(SESSION_COOKIE)}`,
        'content-type': type,
      },
      payload: body,
    });
    expect(answer.statusCode).toBe(415);
  });

  it('is never done by GET, nor by a method in a field', async () => {
    expect((await lina.get('/language?language=en')).statusCode).toBe(404);
    expect((await lina.get('/signout')).statusCode).toBe(404);
    expect(
      (await lina.post('/mail/inbox', { csrf: await lina.csrf('/mail/inbox'), _method: 'DELETE' }))
        .statusCode,
    ).toBe(404);
  });

  it.each([
    ['/school/1?said=moved', '/school/1'],
    ['/search?q=billes', '/search?q=billes'],
    ['/roster/1?said=done&x=1', '/roster/1?x=1'],
    ['', '/mail/inbox'],
    ['//evil.example/', '/mail/inbox'],
    ['https://evil.example/', '/mail/inbox'],
    ['/\\evil.example', '/mail/inbox'],
    ['/a\r\nSet-Cookie: x=1', '/mail/inbox'],
    [`/${'x'.repeat(600)}`, '/mail/inbox'],
  ])(
    'comes back to the page in another language, to one of ours alone: %j',
    async (here, where) => {
      const answer = await lina.post('/language', {
        csrf: await lina.csrf('/mail/inbox'),
        language: 'fr',
        here,
      });
      expect([answer.statusCode, answer.headers.location]).toEqual([303, where]);
    },
  );

  it('shows another token each time, and takes each of them', async () => {
    const [one, two] = [await lina.csrf('/mail/inbox'), await lina.csrf('/mail/inbox')];
    expect(one).not.toBe(two);
    for (const csrf of [one, two])
      expect((await lina.post('/language', { csrf, language: 'fr' })).statusCode).toBe(303);
  });
});

describe('a page that isn’t there', () => {
  it('keeps the places of who is signed in at hand, in their words; a stranger gets neither', async () => {
    for (const url of ['/mail/inbox/999999', '/nowhere']) {
      const adults = await claire.get(url);
      expect(adults.statusCode).toBe(404);
      expect(adults.body).toContain('<body class="adult">');
      expect(adults.body).toContain('href="/classes"');
      const childs = await lina.get(url);
      expect(childs.statusCode).toBe(404);
      expect(childs.body).toContain('<body class="pupil">');
      expect(childs.body).toContain('href="/mail/starred"');
    }
    const strangers = await lina.get('/nowhere', { cookie: '' });
    expect(strangers.statusCode).toBe(404);
    expect(strangers.body).not.toMatch(/signout|href="\/mail\/starred"/);
  });
});

describe('a page that says what went wrong', () => {
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
    const english = await enter('julie.robin');
    const post = async (fields: Record<string, string>) =>
      english.post('/language', { csrf: await english.csrf('/mail/inbox'), ...fields });
    await post({ language: 'en' });
    await english.get('/mail/inbox');
    expect((await english.get('/nothing')).body).toContain('This page does not exist.');
    await whileShut(town, async () =>
      expect((await english.get('/mail/inbox')).body).toContain('Mail is taking a break.'),
    );
    const left = await english.post('/signout', { csrf: await english.csrf('/mail/inbox') });
    expect(left.headers['clear-site-data']).toBe('"storage"');
    expect((await english.get('/signin')).body).toContain('<html lang="en">');
    expect((await lina.post('/write', { csrf: 'x' })).body).toContain(
      'Reviens en arrière, puis essaie encore.',
    );
  });
});

describe('ids', () => {
  const path = async (who: Guest): Promise<string> =>
    /href="(\/mail\/inbox\/\d+)"/.exec((await who.get('/mail/inbox')).body)?.[1] ?? '';

  /** Each answer masks the form token anew. */
  const untokened = (body: string): string => body.replace(/name="csrf" value="[^"]+"/g, '');

  it('of somebody else and of nobody give one page', async () => {
    const foreign = await path(claire);
    const [theirs, missing] = [await lina.get(foreign), await lina.get('/mail/inbox/999999')];
    expect([theirs.statusCode, missing.statusCode]).toEqual([404, 404]);
    expect(untokened(theirs.body)).toBe(untokened(missing.body));
    for (const end of ['/body', '/file/2', '/picture/2', '/reply'])
      expect((await lina.get(`${foreign}${end}`)).statusCode).toBe(404);
    for (const end of ['/reply'])
      expect(
        (
          await lina.post(`${foreign}${end}`, {
            csrf: await lina.csrf('/mail/inbox'),
            text: 'x',
          })
        ).statusCode,
      ).toBe(404);
  });

  it.each([
    '/mail/inbox/01',
    '/mail/inbox/1%00',
    '/mail/inbox/1;x',
    '/mail/inbox/1%2f..',
    '/mail/inbox/1e0',
    '/mail/inbox/-1',
    '/mail/inbox/9999999999999999',
    '/mail/INBOX',
    '/mail/__proto__',
    '/mail/constructor',
    '/write/x',
    '/mail/inbox?before=0x1',
    `/classes/${ce1a?.id}/write`,
    `/classes/${ce1a?.id}%00/write`,
    '/mail/inbox/%ff',
    '/a/x/../../package.json',
    '/.env',
    '/a/000000000000/drawings.svg',
  ])('%s: 404 or 400', async (url) => {
    expect((await lina.get('/mail/inbox/1')).statusCode).toBe(200);
    expect([400, 404]).toContain((await lina.get(url)).statusCode);
  });

  it('of what is held are for teachers', async () => {
    expect((await lina.get('/held')).statusCode).toBe(404);
    expect(
      (await lina.post('/held/1/1/release', { csrf: await lina.csrf('/mail/inbox') })).statusCode,
    ).toBe(404);
    expect((await lina.get('/demo/outside')).statusCode).toBe(404);
    expect((await lina.get(`/classes/${ce1a?.id}/write`)).statusCode).toBe(404);
  });
});

describe('the server', () => {
  it('sends every page with its policy, kept nowhere', async () => {
    for (const url of ['/mail/inbox', '/class', '/nothing']) {
      const { headers } = await lina.get(url);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
        'x-frame-options': 'DENY',
      });
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
    }
  });

  it('lets one script stand in the page of signing in, known by its hash', async () => {
    const { headers, body } = await app.inject({ url: '/signin?adult=1', headers: { host: HOST } });
    const scripts = [...body.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text ?? '');
    expect(scripts).toHaveLength(1);
    const digest = hash('sha256', scripts[0] ?? '', 'base64');
    expect(headers['content-security-policy']).toContain(
      `; script-src 'self' 'sha256-${digest}'; `,
    );
  });

  it('knows its own name only', async () => {
    expect(
      (await app.inject({ url: '/signin', headers: { host: 'evil.example' } })).statusCode,
    ).toBe(421);
    expect((await app.inject({ url: '/healthz', headers: { host: 'probe' } })).statusCode).toBe(
      200,
    );
  });

  it.each<{ when: string; url: string; method: 'TRACE' | 'PUT' | 'DELETE' }>([
    { when: 'TRACE', url: '/', method: 'TRACE' },
    { when: 'PUT', url: '/mail/inbox', method: 'PUT' },
  ])('$when: 4xx', async ({ url, method }) => {
    const answer = await app.inject({ url, method: method as 'PUT', headers: { host: HOST } });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
  });

  it('has its pages where no door is, which would be asked first', () => {
    const { loads, posts } = DEMO_PAGES;
    expect(Object.keys(loads).filter((url) => app.hasRoute({ method: 'GET', url }))).toEqual([]);
    expect(Object.keys(posts).filter((url) => app.hasRoute({ method: 'POST', url }))).toEqual([]);
    expect(app.hasRoute({ method: 'GET', url: '/class/:class' })).toBe(true);
  });

  it.each(['/mail/inbox', '/signin'])(
    'says by HEAD of %s what GET says, without sending it',
    async (url) => {
      const cookie = `${SESSION_COOKIE}=${lina.cookies.get(SESSION_COOKIE)}`;
      const ask = (method: 'GET' | 'HEAD') =>
        app.inject({ method, url, headers: { host: HOST, cookie } });
      const [{ statusCode, headers }, head] = [await ask('GET'), await ask('HEAD')];
      expect(head).toMatchObject({ statusCode, body: '' });
      for (const name of ['content-type', 'content-length', 'content-security-policy'])
        expect(head.headers[name], name).toBe(headers[name]);
    },
  );

  it('refuses a huge form and stays alive', async () => {
    expect(
      (await lina.post('/language', { csrf: 'x', language: 'x'.repeat(3_000_000) })).statusCode,
    ).toBe(413);
    expect((await lina.get('/mail/inbox')).statusCode).toBe(200);
  });

  it('goes only where it says itself, whatever is asked', async () => {
    const somebody = guest(app);
    const answer = await somebody.post('/signin?next=https://evil.example', {
      csrf: await somebody.csrf('/signin'),
      address: town.address('lina.moreau'),
      password: DEMO_PASSWORD,
      next: '//evil.example',
    });
    expect(answer.headers.location).toBe('/mail/inbox');
  });

  it('names what is down, and takes a pause with a page', async () => {
    const [page, health] = await whileShut(town, () =>
      Promise.all([lina.get('/mail/inbox'), lina.get('/healthz')]),
    );
    expect([page.statusCode, health.statusCode]).toEqual([503, 503]);
    expect(page.body).toContain('La messagerie fait une pause');
    expect(page.body).not.toMatch(/connect|terminat|test_/);
    expect(health.json()).toMatchObject({ database: 'down', scanner: 'up', queue: 'down' });
    await expect.poll(async () => (await lina.get('/mail/inbox')).statusCode).toBe(200);
  });

  it('says what went wrong in the frame of who asks, and plainly where it cannot know', async () => {
    const withPlaces = /action="\/signout"/;
    const form = await lina.csrf('/mail/inbox');
    vi.spyOn(town.core.mail, 'mailboxes').mockRejectedValueOnce(
      new Fault('store-down', 'in this test', { transient: true }),
    );
    const pause = await lina.get('/mail/inbox');
    const known = {
      pause,
      missing: await lina.get('/nothing'),
      gone: await claire.get('/mail/inbox/999999'),
      stale: await lina.post('/language', { language: 'en' }),
      foreign: await claire.post('/language', { csrf: form }, { origin: 'https://evil.example' }),
      unread: await lina.post('/language', { csrf: form, language: 'x'.repeat(MAX_FIELDS_BYTES) }),
    };
    for (const [what, answer] of Object.entries(known)) {
      expect(answer.statusCode, what).toBeGreaterThanOrEqual(400);
      expect(answer.body, what).toMatch(withPlaces);
      expect(answer.body, what).toContain(
        what === 'gone' || what === 'foreign' ? '<body class="adult">' : '<body class="pupil">',
      );
    }
    const nobody = guest(app);
    for (const path of ['/nothing', '/mail/%ff']) {
      const { body } = await nobody.get(path);
      expect(body).toContain('Retour aux messages');
      expect(body).not.toMatch(withPlaces);
    }
  });

  it.each<{ when: string; trusted: string | null; from: string; then: string }>([
    { when: 'no proxy of ours', trusted: null, from: '192.0.2.7', then: '192.0.2.7' },
    { when: 'our proxy', trusted: '192.0.2.0/24', from: '192.0.2.7', then: '203.0.113.9' },
    {
      when: 'somebody beside our proxy',
      trusted: '192.0.2.0/24',
      from: '198.51.100.7',
      then: '198.51.100.7',
    },
  ])(
    'believes X-Forwarded-For of our proxy alone, where sign-ins are counted: $when',
    async ({ trusted, from, then }) => {
      const signIn = vi.spyOn(town.core.accounts, 'signIn').mockResolvedValue({ kind: 'no-match' });
      const config = { ...town.core.config, trustedProxy: trusted };
      const behind = await webmail({ ...town.core, config }, MAIL_PAGES);
      const door = await behind.inject({ url: '/signin', headers: { host: HOST } });
      const cookie = door.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
      await behind.inject({
        method: 'POST',
        url: '/signin',
        remoteAddress: from,
        headers: {
          host: HOST,
          cookie,
          'x-forwarded-for': '10.9.8.7, 203.0.113.9',
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: new URLSearchParams({
          csrf: tokenIn(door.body),
          address: town.address('lina.moreau'),
          password: 'x',
        }).toString(),
      });
      expect(signIn.mock.calls.map(([, , where]) => where.ip)).toEqual([then]);
      await behind.close();
    },
  );

  it('shows its figures on this machine only', async () => {
    expect((await app.inject({ url: '/metrics' })).body).toContain('preau_');
    expect(
      (await app.inject({ url: '/metrics', headers: { host: HOST }, remoteAddress: '192.0.2.1' }))
        .statusCode,
    ).toBe(404);
    expect(
      (
        await app.inject({
          url: '/metrics',
          headers: { host: HOST, 'x-forwarded-for': '192.0.2.1' },
        })
      ).statusCode,
    ).toBe(404);
  });

  it('does not start where its cookie would be dropped', async () => {
    const config = { ...town.core.config, host: '0.0.0.0', publicUrl: 'http://mail.example' };
    await expect(webmail({ ...town.core, config }, MAIL_PAGES)).rejects.toMatchObject({
      code: 'configuration',
    });
  });

  it('keeps assets for ever, compressed', async () => {
    const href =
      /href="(\/a\/[^"]+base\.css)"/.exec((await lina.get('/mail/inbox')).body)?.[1] ?? '';
    const { headers } = await lina.get(href, { 'accept-encoding': 'br' });
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'content-type': 'text/css; charset=utf-8',
    });
  });
});
