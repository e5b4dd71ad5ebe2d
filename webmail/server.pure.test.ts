import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../core/fault.ts';
import { CLASS_COOKIE, DEVICE_COOKIE, SESSION_COOKIE } from './guard.ts';
import { MAIL_PAGES, type MailPart } from './mail-routes.ts';
import type { Pages } from './route.ts';
import { OUTSIDE_LOADS } from './routes.ts';
import { webmail } from './server.ts';
import { guest, HOST, signedIn, tokenIn, type Guest } from './testing/guest.ts';
import { fillTown } from './testing/letters.ts';
import { FACES, openTown, PASSWORD, type Town } from './testing/town.ts';

const LINA = 'lina@ecoles.preau.test';
const CLAIRE = 'claire.lefevre@ecoles.preau.test';
const ROSA = 'rosa@ecoles.preau.test';

const TOWN_PAGES: Pages<MailPart | 'outside.list'> = {
  loads: { ...MAIL_PAGES.loads, ...OUTSIDE_LOADS },
  posts: MAIL_PAGES.posts,
};

let town: Town;
let app: FastifyInstance;
let lina: Guest;
let claire: Guest;
beforeAll(async () => {
  town = await openTown();
  fillTown(town);
  app = await webmail(town.core, TOWN_PAGES, { clock: () => town.now });
  lina = await signedIn(app, LINA);
  claire = await signedIn(app, CLAIRE);
});
afterAll(() => app.close());

describe('the door', () => {
  it.each<{ when: string; fields: Record<string, string>; status: number; says: string }>([
    {
      when: 'a wrong password',
      fields: { address: LINA, password: 'x' },
      status: 422,
      says: 'ne correspond pas',
    },
    {
      when: 'an unknown address gets the same words',
      fields: { address: 'nobody@ecoles.preau.test', password: 'x' },
      status: 422,
      says: 'ne correspond pas',
    },
    {
      when: 'too many tries',
      fields: { address: 'lent@ecoles.preau.test', password: 'x' },
      status: 429,
      says: 'Réessayez dans 45 secondes\u00a0: votre compte n’est pas bloqué. Si vous ne retrouvez plus votre mot de passe, demandez un nouveau code à l’école.',
    },
    {
      when: 'nothing typed',
      fields: { address: '', password: '' },
      status: 422,
      says: 'Écrivez votre adresse',
    },
    {
      when: 'English asked for',
      fields: { address: LINA, password: 'x', language: 'en' },
      status: 422,
      says: 'doesn’t match',
    },
  ])('$when: $status', async ({ fields, status, says }) => {
    const somebody = guest(app);
    const answer = await somebody.post('/signin', {
      csrf: await somebody.csrf('/signin'),
      ...fields,
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toContain(says);
    expect(answer.body).not.toContain(PASSWORD);
  });

  it('asks again where the password ended while it was looked at, and lets nobody in', async () => {
    const { accounts } = town.core;
    const { openSession } = accounts;
    accounts.openSession = async () => null;
    const somebody = guest(app);
    const fields = { csrf: await somebody.csrf('/signin'), address: LINA, password: PASSWORD };
    const reply = await somebody.post('/signin', fields);
    accounts.openSession = openSession;
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('ne correspond pas');
    expect(somebody.cookies.has(SESSION_COOKIE)).toBe(false);
  });

  it('gives a new id at sign-in, kills the old one, and forgets it at sign-out', async () => {
    const somebody = await signedIn(app, LINA);
    const first = somebody.cookies.get(SESSION_COOKIE) ?? '';
    await somebody.post('/signin', {
      csrf: await somebody.csrf('/signin'),
      address: LINA,
      password: PASSWORD,
    });
    const second = somebody.cookies.get(SESSION_COOKIE) ?? '';
    expect(second).not.toBe(first);
    expect(
      (
        await app.inject({
          url: '/mail/inbox',
          headers: { host: HOST, cookie: `${SESSION_COOKIE}=${first}` },
        })
      ).headers.location,
    ).toBe('/signin');
    await somebody.post('/signout', { csrf: await somebody.csrf('/mail/inbox') });
    expect(somebody.cookies.has(SESSION_COOKIE)).toBe(false);
    expect(
      (
        await app.inject({
          url: '/mail/inbox',
          headers: { host: HOST, cookie: `${SESSION_COOKIE}=${second}` },
        })
      ).headers.location,
    ).toBe('/signin');
  });

  it('goes on in the language that was asked for by name at the door, and leaves it alone otherwise', async () => {
    for (const [url, then] of [
      ['/signin?language=en', 'en'],
      ['/signin', 'en'],
      ['/signin?language=fr', 'fr'],
    ] as const) {
      const somebody = guest(app);
      const page = (await somebody.get(url)).body;
      const language = /name="language" value="(\w*)"/.exec(page)?.[1] ?? 'none';
      await somebody.post('/signin', {
        csrf: tokenIn(page),
        address: LINA,
        password: PASSWORD,
        language,
      });
      expect((await somebody.get('/mail/inbox')).body).toContain(`<html lang="${then}">`);
    }
  });

  it('sets the cookie for this host alone, out of reach of scripts', async () => {
    const somebody = guest(app);
    const answer = await somebody.post('/signin', {
      csrf: await somebody.csrf('/signin'),
      address: LINA,
      password: PASSWORD,
    });
    const session = answer.cookies.find((one) => one.name === SESSION_COOKIE);
    expect(session).toMatchObject({
      name: '__Host-preau',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      path: '/',
    });
    expect(session).not.toHaveProperty('domain');
  });

  it('leaves a sign of the computer with an adult alone who says that it is theirs, and takes it away once they don’t', async () => {
    const signIn = async (somebody: Guest, address: string, own: string) => {
      const { statusCode } = await somebody.post('/signin', {
        csrf: await somebody.csrf('/signin'),
        address,
        password: PASSWORD,
        own,
      });
      expect(statusCode).toBe(303);
      return somebody.cookies.get(DEVICE_COOKIE) ?? null;
    };
    expect(await signIn(guest(app), CLAIRE, '')).toBeNull();
    expect(await signIn(guest(app), LINA, 'yes')).toBeNull();
    const claire = guest(app);
    expect(await signIn(claire, CLAIRE, 'yes')).not.toBeNull();
    await claire.post('/signout', { csrf: await claire.csrf('/mail/inbox') });
    expect(claire.cookies.has(DEVICE_COOKIE)).toBe(true);
    expect((await claire.get('/signin')).body).toContain('name="own" value="yes" checked');
    expect(await signIn(claire, CLAIRE, '')).toBeNull();
    const answer = await guest(app).post('/signin', {});
    expect(answer.cookies.some(({ name }) => name === DEVICE_COOKIE)).toBe(false);
  });

  it('asks on no computer of a class whether it is somebody’s own', async () => {
    const shared = guest(app);
    shared.cookies.set(CLASS_COOKIE, 'x');
    expect((await shared.get('/signin?adult=1')).body).not.toContain('name="own"');
    await shared.post('/signin', {
      csrf: await shared.csrf('/signin?adult=1'),
      address: CLAIRE,
      password: PASSWORD,
      own: 'yes',
    });
    expect(shared.cookies.has(DEVICE_COOKIE)).toBe(false);
  });

  it('lets nobody sign another in (login CSRF)', async () => {
    const attacker = guest(app);
    const csrf = await attacker.csrf('/signin');
    const victim = guest(app);
    const answer = await victim.post('/signin', { csrf, address: LINA, password: PASSWORD });
    expect(answer.statusCode).toBe(403);
    expect(victim.cookies.has(SESSION_COOKIE)).toBe(false);
  });
});

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
    const token =
      csrf === 'none'
        ? undefined
        : csrf === 'empty'
          ? ''
          : await (csrf === 'other' ? claire : lina).csrf('/mail/inbox');
    const answer = await lina.post(
      '/language',
      { language: 'en', ...(token === undefined ? {} : { csrf: token }) },
      headers,
    );
    expect(answer.statusCode).toBe(403);
    expect(town.people.get(LINA)?.language).toBe('fr');
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

describe('ids', () => {
  const path = async (who: Guest): Promise<string> =>
    /href="(\/mail\/inbox\/\d+)"/.exec((await who.get('/mail/inbox')).body)?.[1] ?? '';

  it('of somebody else and of nobody give one page', async () => {
    const foreign = await path(claire);
    const [theirs, missing] = [await lina.get(foreign), await lina.get('/mail/inbox/999999')];
    expect([theirs.statusCode, missing.statusCode]).toEqual([404, 404]);
    expect(theirs.body).toBe(missing.body);
    for (const end of ['/body', '/file/2', '/picture/2', '/reply'])
      expect((await lina.get(`${foreign}${end}`)).statusCode).toBe(404);
    for (const end of ['/move', '/mark', '/reply'])
      expect(
        (
          await lina.post(`${foreign}${end}`, {
            csrf: await lina.csrf('/mail/inbox'),
            to: 'trash',
            mark: 'seen',
            text: 'x',
          })
        ).statusCode,
      ).toBe(404);
  });

  it.each([
    '/mail/inbox/0101',
    '/mail/inbox/101%00',
    '/mail/inbox/101;x',
    '/mail/inbox/101%2f..',
    '/mail/inbox/1e2',
    '/mail/inbox/-1',
    '/mail/inbox/9999999999999999',
    '/mail/INBOX',
    '/mail/__proto__',
    '/mail/constructor',
    '/write/x',
    '/mail/inbox?before=0x1',
    '/classes/1/write',
    '/classes/12%00/write',
    '/mail/inbox/%ff',
    '/a/x/../../package.json',
    '/.env',
    '/a/000000000000/drawings.svg',
  ])('%s: 404 or 400', async (url) => {
    expect([400, 404]).toContain((await lina.get(url)).statusCode);
  });

  it('of what is held are for teachers', async () => {
    expect((await lina.get('/held')).statusCode).toBe(404);
    expect(
      (await lina.post('/held/1/1/release', { csrf: await lina.csrf('/mail/inbox') })).statusCode,
    ).toBe(404);
    expect((await lina.get('/demo/outside')).statusCode).toBe(404);
    expect((await lina.get('/classes/12/write')).statusCode).toBe(404);
  });
});

describe('the server', () => {
  it('sends every page with its policy, kept nowhere', async () => {
    for (const url of ['/mail/inbox', '/signin', '/nothing']) {
      const { headers } = await lina.get(url);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
        'x-frame-options': 'DENY',
      });
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; media-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
    }
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
      address: LINA,
      password: PASSWORD,
      next: '//evil.example',
    });
    expect(answer.headers.location).toBe('/mail/inbox');
  });

  it('names what is down, and takes a pause with a page', async () => {
    town.down = new Fault('store-down', 'connect ECONNREFUSED', { transient: true });
    const [page, health] = [await lina.get('/mail/inbox'), await lina.get('/healthz')];
    town.down = null;
    expect([page.statusCode, health.statusCode]).toEqual([503, 503]);
    expect(page.body).toContain('La messagerie fait une pause');
    expect(page.body).not.toContain('ECONNREFUSED');
    expect(health.json()).toEqual({ database: 'down', scanner: 'up', queue: 'up' });
  });

  it.each<{ when: string; trusted: string; from: string; then: string }>([
    { when: 'no proxy of ours', trusted: '', from: '192.0.2.7', then: '192.0.2.7' },
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
      const open = await openTown({ PREAU_TRUSTED_PROXY: trusted });
      const asked: string[] = [];
      const signIn: typeof open.core.accounts.signIn = (address, password, where) => {
        asked.push(where.ip);
        return open.core.accounts.signIn(address, password, where);
      };
      const behind = await webmail(
        { ...open.core, accounts: { ...open.core.accounts, signIn } },
        MAIL_PAGES,
      );
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
          address: LINA,
          password: 'x',
        }).toString(),
      });
      expect(asked).toEqual([then]);
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
    const open = await openTown({ PREAU_HOST: '0.0.0.0', PREAU_PUBLIC_URL: 'http://mail.example' });
    await expect(webmail(open.core, MAIL_PAGES)).rejects.toMatchObject({ code: 'configuration' });
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

it.each([
  { to: 'https://exemple.fr/x', status: 200 },
  { to: 'javascript:alert(1)', status: 404 },
  { to: 'https://ecole@evil.example/', status: 404 },
  { to: '//evil.example', status: 404 },
  { to: 'data:text/html,x', status: 404 },
])('asks before a link leads out: $to', async ({ to, status }) => {
  const answer = await lina.get(`/leave?to=${encodeURIComponent(to)}`);
  expect(answer.statusCode).toBe(status);
  if (status === 200) expect(answer.body).toContain('Demande à un adulte');
});

it('says what became of a message, and offers the way back', async () => {
  const csrf = await claire.csrf('/mail/inbox');
  let at = `/mail/inbox/${town.deliver(CLAIRE, { from: FACES.colleague, subject: 'Le goûter' })}`;
  for (const [to, path, says] of [
    ['archive', 'archive', 'Le message est dans les archives.'],
    ['inbox', 'inbox', 'Le message est de nouveau dans les reçus.'],
    ['trash', 'trash', 'Le message est dans la corbeille.'],
    ['erase', 'trash', 'Le message est effacé pour toujours.'],
  ] as const) {
    expect((await claire.get(at)).body, to).toContain(`name="to" value="${to}"`);
    const moved = await claire.post(`${at}/move`, { csrf, to });
    expect((await claire.get(moved.headers.location ?? '')).body).toContain(says);
    at =
      /href="(\/mail\/\w+\/\d+)"[^>]*>(?:(?!<\/a>).)*Le goûter/.exec(
        (await claire.get(`/mail/${path}`)).body,
      )?.[1] ?? '';
  }
  expect(at).toBe('');
});

describe('who is outside', () => {
  const rowOf = (body: string, subject: string): string =>
    body.split('<li').find((row) => row.includes(subject)) ?? '';

  it('is said in words in the list, in what is found and on the message, and of nobody else', async () => {
    const uid = town.deliver(CLAIRE, {
      from: FACES.inspection,
      subject: 'Le goûter des parents',
      text: 'Bonjour.',
    });
    const list = (await claire.get('/mail/inbox')).body;
    const marked = /class="badge wait[^"]*">(?:(?!<\/span>).)*Extérieur<\/span>/;
    expect(rowOf(list, 'Le goûter des parents')).toMatch(marked);
    expect(rowOf(list, 'Conseil des maîtres')).not.toContain('Extérieur');
    expect(
      rowOf(
        (await claire.get(`/search?q=${encodeURIComponent('goûter des parents')}`)).body,
        'Le goûter des parents',
      ),
    ).toMatch(marked);
    const { body } = await claire.get(`/mail/inbox/${uid}`);
    expect(body.slice(body.indexOf('letter-head'))).toMatch(marked);
    expect(body.slice(body.indexOf('letter-head'))).toContain(
      `<span class="soft mono any">${FACES.inspection.address}</span>`,
    );
    town.deliver(CLAIRE, {
      from: FACES.inspection,
      subject: 'Mis là par elle-même',
      state: 'added',
    });
    expect(rowOf((await claire.get('/mail/inbox')).body, 'Mis là par elle-même')).not.toContain(
      'Extérieur',
    );
  });
  it('is said to a child too, without an address, nor an answer that the rules would refuse', async () => {
    const uid = town.deliver(LINA, {
      from: FACES.inspection,
      subject: 'Le musée vous répond',
      text: 'Bonjour.',
      because: { kind: 'outside', name: '' },
    });
    expect(rowOf((await lina.get('/mail/inbox')).body, 'Le musée vous répond')).toContain(
      'Hors de l’école',
    );
    const { body } = await lina.get(`/mail/inbox/${uid}`);
    expect(body).toContain('Hors de l’école');
    expect(body).not.toContain(FACES.inspection.address);
    expect(body).not.toContain('/reply');
  });
  it('under a name of the school is told to whoever reads', async () => {
    const uid = town.deliver(CLAIRE, {
      from: { ...FACES.inspection, name: 'Mamadou Diallo' },
      subject: 'Urgent',
      namesake: { name: 'Mamadou Diallo', address: FACES.head.address },
    });
    expect((await claire.get(`/mail/inbox/${uid}`)).body).toMatch(
      /est connu ici sous une autre adresse, mamadou\.diallo@/,
    );
  });
});

it('names whom the header names in vain, and never as who got it', async () => {
  const letter = {
    from: FACES.child('Noé'),
    to: [],
    claimed: [FACES.classList, FACES.head],
    subject: 'À toute la classe',
  };
  const lina_ = (await lina.get(`/mail/inbox/${town.deliver(LINA, letter)}`)).body;
  expect(lina_).toContain(
    'Le message nomme aussi CE1 A et Mamadou Diallo. Il ne leur a pas été envoyé.',
  );
  expect(lina_).toMatch(/<b>Noé<\/b> à toi,/);
  expect(lina_).not.toContain('/reply-all');
  const claire_ = (
    await claire.get(`/mail/inbox/${town.deliver(CLAIRE, { ...letter, claimed: [FACES.head] })}`)
  ).body;
  expect(claire_).toMatch(
    /L’en-tête nomme aussi Mamadou Diallo.: cet envoi ne lui était pas adressé\./,
  );
});

it.each([
  { note: null, says: 'n’est pas arrivé à tout le monde', not: 'est revenu vers toi' },
  { note: 'Relis-toi.', says: 'est revenu vers toi', not: 'n’est pas arrivé à tout le monde' },
])(
  'says of a message that came back whether it was a person’s word ($note)',
  async ({ note, says, not }) => {
    const uid = town.deliver(LINA, {
      from: FACES.child('Lina'),
      subject: 'Revenu',
      state: 'given-back',
      note,
    });
    const { body } = await lina.get(`/mail/inbox/${uid}`);
    expect(body).toContain(says);
    expect(body).not.toContain(not);
  },
);

describe('writing', () => {
  it('asks the rules for a forged form as for any other, and keeps the text', async () => {
    const answer = await lina.post('/write', {
      csrf: await lina.csrf('/write'),
      act: 'send',
      to: ROSA,
      subject: 'Coucou',
      text: 'On joue ?',
    });
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('Rosa est en CM2 B. Toi, tu es en CE1 A.');
    const draft = /href="(\/write\/\d+)"/.exec(answer.body)?.[1] ?? '';
    expect((await lina.get(draft)).body).toContain('On joue ?');
  });

  it.each<{ answers: 'everyone' | 'sender' | 'none'; then: readonly string[] }>([
    { answers: 'everyone', then: ['/reply', '/reply-all'] },
    { answers: 'sender', then: ['/reply'] },
    { answers: 'none', then: [] },
  ])('offers the answers that a letter to the class lets: $answers', async ({ answers, then }) => {
    const uid = town.deliver(LINA, {
      from: FACES.teacher,
      to: [FACES.classList],
      subject: 'Les mots',
      answers,
    });
    const page = (await lina.get(`/mail/inbox/${uid}`)).body;
    expect(
      [...page.matchAll(/href="\/mail\/inbox\/\d+(\/reply[^"]*)"/g)].map(([, way]) => way),
    ).toEqual(then);
  });

  it('shows the refusal when an old conversation can’t go on', async () => {
    const rosas =
      /href="(\/mail\/inbox\/\d+)"[^>]*>(?:(?!<\/a>).)*Notre cabane/.exec(
        (await lina.get('/mail/inbox')).body,
      )?.[1] ?? '';
    const answer = await lina.get(`${rosas}/reply`);
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('Tu ne peux plus répondre à Rosa.');
  });

  it.each([
    { when: 'a line end in the title', fields: { subject: 'a\r\nBcc: x@y.fr' } },
    { when: 'NUL in the text', fields: { text: 'a\0b' } },
    { when: 'a line end in an address', fields: { to: 'a@b.fr\nx' } },
  ])('$when: 400', async ({ fields }) => {
    expect(
      (await lina.post('/write', { csrf: await lina.csrf('/write'), act: 'send', ...fields }))
        .statusCode,
    ).toBe(400);
  });

  it.each<{ words: string; then: readonly string[] }>([
    { words: 'benali SAMIRA', then: ['samira.benali@ecoles.preau.test'] },
    { words: 'robin', then: ['julie.robin@ecoles.preau.test'] },
    { words: 'noe', then: ['noe@ecoles.preau.test'] },
    { words: 'chorale', then: ['chorale.tilleuls@ecoles.preau.test'] },
    { words: 'rosa', then: [] },
  ])('finds those within reach and adults of the town: $words', async ({ words, then }) => {
    const kept = await claire.post('/write', {
      csrf: await claire.csrf('/write'),
      act: 'find',
      find: words,
      subject: 'x',
      text: 'y',
    });
    const found =
      /class="line found"[\s\S]*?<details/.exec(
        (await claire.get(kept.headers.location ?? '')).body,
      )?.[0] ?? '';
    expect([...found.matchAll(/value="([^"]+)"/g)].map(([, address]) => address)).toEqual(then);
    if (then.length === 0) expect(found).toContain('Personne à qui vous pouvez écrire');
  });

  it('sends to whom was chosen among those found, the name still in its field', async () => {
    const kept = await claire.post('/write', {
      csrf: await claire.csrf('/write'),
      act: 'find',
      find: 'samira',
      subject: 'x',
      text: 'y',
    });
    const page = (await claire.get(kept.headers.location ?? '')).body;
    const fields = {
      csrf: tokenIn(page),
      draft: /name="draft" value="(\d+)"/.exec(page)?.[1] ?? '',
      find: /name="find" value="([^"]*)"/.exec(page)?.[1] ?? '',
      found: /name="found" value="([^"]*)"/.exec(page)?.[1] ?? '',
      subject: 'x',
      text: 'y',
      to: 'samira.benali@ecoles.preau.test',
    };
    expect(fields).toMatchObject({ find: 'samira', found: 'samira' });
    expect(
      (await claire.post('/write', { ...fields, act: 'send', find: 'robin' })).headers.location,
    ).toContain('?find=robin');
    const again =
      /name="draft" value="(\d+)"/.exec(
        (
          await claire.get(
            (await claire.post('/write', { ...fields, act: 'find' })).headers.location ?? '',
          )
        ).body,
      )?.[1] ?? '';
    expect(
      (await claire.post('/write', { ...fields, draft: again, act: 'send' })).headers.location,
    ).toBe('/write/done');
  });

  it.each<{ when: string; lose: (somebody: Guest) => Promise<unknown> }>([
    {
      when: 'the session is over',
      lose: async (somebody) => {
        const cookie = somebody.cookies.get(SESSION_COOKIE) ?? '';
        await somebody.post('/signout', { csrf: await somebody.csrf('/mail/inbox') });
        somebody.cookies.set(SESSION_COOKIE, cookie);
      },
    },
    {
      when: 'somebody signed in anew beside it',
      lose: async (somebody) =>
        somebody.post('/signin', {
          csrf: await somebody.csrf('/signin'),
          address: CLAIRE,
          password: PASSWORD,
        }),
    },
  ])('gives back what was typed where $when', async ({ lose }) => {
    const somebody = await signedIn(app, CLAIRE);
    const csrf = await somebody.csrf('/write');
    await lose(somebody);
    const kept = somebody.cookies.get(SESSION_COOKIE);
    const letter = {
      csrf,
      act: 'send',
      to: LINA,
      subject: 'Long',
      text: 'Une heure <b>de travail</b>',
    };
    const form = new FormData();
    for (const [name, value] of Object.entries(letter)) form.append(name, value);
    form.append('file', new Blob([Buffer.alloc(1_000_000)]), 'gros.bin');
    const packed = new Response(form);
    const whole = await app.inject({
      method: 'POST',
      url: '/write',
      headers: {
        host: HOST,
        cookie: `${SESSION_COOKIE}=${kept}`,
        'content-type': packed.headers.get('content-type') ?? '',
      },
      payload: Buffer.from(await packed.arrayBuffer()),
    });
    for (const answer of [
      await somebody.post('/write', letter),
      await somebody.post('/mail/inbox/1/reply', { csrf, text: letter.text }),
      whole,
      await guest(app).post('/write', letter),
    ]) {
      expect(answer.statusCode).toBe(403);
      expect(answer.body).toContain('Une heure &lt;b&gt;de travail&lt;/b&gt;</textarea>');
    }
    expect((await guest(app).post('/write', { csrf })).headers.location).toBe('/signin');
  });

  it('mails a class in one step, with the number on the button', async () => {
    const page = await claire.get('/classes/12/write');
    expect(page.body).toContain('Envoyer à 24 personnes');
    const sent = await claire.post('/write', {
      csrf: tokenIn(page.body),
      act: 'send',
      to: 'ce1a.tilleuls@ecoles.preau.test',
      subject: 'Musée',
      text: 'Jeudi',
      answers: 'sender',
    });
    expect(sent.headers.location).toBe('/write/done');
    expect((await claire.get('/write/done')).body).toContain('Votre message est parti à CE1 A.');
  });

  it.each([
    {
      outcome: { kind: 'infected', signature: 'Eicar' } as const,
      status: 422,
      says: 'virus (Eicar)',
    },
    {
      outcome: { kind: 'scanner-silent' } as const,
      status: 202,
      says: 'L’antivirus ne répond pas',
    },
    {
      outcome: { kind: 'too-big', limitBytes: 25_000_000 } as const,
      status: 413,
      says: '25\u00a0Mo',
    },
    {
      outcome: { kind: 'mailbox-full', address: 'x', permanent: false } as const,
      status: 422,
      says: 'pleine',
    },
  ])('$outcome.kind: $status', async ({ outcome, status, says }) => {
    town.next = outcome;
    const answer = await claire.post('/write', {
      csrf: await claire.csrf('/write'),
      act: 'send',
      to: LINA,
      subject: 'x',
      text: 'y',
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toContain(says);
  });

  it('says of a held message when it leaves', async () => {
    town.next = {
      kind: 'held',
      message: null,
      held: [
        { address: 'x', rule: 'school-closed', words: { until: '2026-11-25T08:00:00+01:00' } },
      ],
    };
    await lina.post('/write', {
      csrf: await lina.csrf('/write'),
      act: 'send',
      to: 'noe@ecoles.preau.test',
      subject: 'x',
      text: 'y',
    });
    expect((await lina.get('/write/done')).body).toContain('Ton message partira demain à');
    expect((await lina.get('/mail/sent')).body).toContain('Pas encore parti');
  });

  it.each([
    { sent: 1, says: ['Le message est parti.'], not: ['ne peut plus'] },
    {
      sent: 24,
      left: 1,
      says: ['Le message est parti à 24 personnes.', 'Une personne a quitté la liste depuis'],
      not: ['ne peut plus partir'],
    },
    {
      sent: 2,
      refused: ['not-in-your-class'],
      says: ['Le message est parti à 2 personnes.', 'Une personne ne peut plus le recevoir'],
      not: ['ne peut plus partir'],
    },
    {
      refused: ['not-in-your-class'],
      says: ['Ce message ne peut plus partir'],
      not: ['est parti'],
    },
    {
      waiting: ['school-closed'],
      says: ['le message partira à l’ouverture'],
      not: ['attend encore l’accord'],
    },
    {
      sent: 1,
      waiting: ['class-moderated'],
      says: ['Le message est parti.', 'attend encore l’accord'],
      not: [],
    },
  ])(
    'says of one let go what became of it: $says',
    async ({ sent = 0, left = 0, waiting = [], refused = [], says, not }) => {
      const held = [...town.held];
      const refusals = (rules: readonly string[]) =>
        rules.map((rule) => ({ address: 'x', rule, words: {} }));
      town.letGo = { sent, left, waiting: refusals(waiting), refused: refusals(refused) };
      const answer = await claire.post('/held/1/1/release', { csrf: await claire.csrf('/held') });
      expect(answer.headers.location).toMatch(/^\/held\?said=went&/);
      const { body } = await claire.get(String(answer.headers.location));
      for (const one of says) expect(body).toContain(one);
      for (const one of not) expect(body).not.toContain(one);
      town.held = held;
    },
  );

  it('says to whoever comes too late that it is decided', async () => {
    expect(
      (await claire.post('/held/1/99/release', { csrf: await claire.csrf('/held') })).headers
        .location,
    ).toBe('/held?said=already');
    expect((await claire.get('/held?said=already')).body).toContain('déjà été décidé');
    const { body } = await claire.get('/held?said=went&sent=1e9&left=-1&waits=%3Cb%3E');
    expect(body).not.toContain('class="banner');
  });

  it('shows of a stranger’s held message the address, what proves it, and whose name it bears', async () => {
    const held = [...town.held];
    expect((await claire.get('/held')).body).toMatch(
      /inspection@exemple\.fr[^]*Adresse vérifiée \(DMARC\)/,
    );
    expect((await claire.get('/held')).body).not.toContain('Non prouvé');
    town.held = held.map((one) =>
      one.stranger === null
        ? one
        : {
            ...one,
            rule: 'unproven-correspondent',
            stranger: {
              provedBy: null,
              namesake: { name: 'Mamadou Diallo', address: FACES.head.address },
            },
          },
    );
    const { body } = await claire.get('/held');
    expect(body).toMatch(
      /Extérieur<\/span><span class="mono any">inspection@exemple\.fr<\/span><span class="badge stop">/,
    );
    for (const words of [
      'Non prouvé',
      'Quelqu’un a pu imiter cette adresse',
      'est connu ici sous une autre adresse',
      FACES.head.address,
    ])
      expect(body).toContain(words);
    expect(body).not.toContain('Adresse vérifiée');
    town.held = held;
  });

  it('lets one go, and gives one back with a word', async () => {
    const csrf = await claire.csrf('/held');
    expect((await claire.post('/held/1/1/give-back', { csrf, note: ' ' })).headers.location).toBe(
      '/held?said=noteMissing',
    );
    expect(
      (await claire.post('/held/1/1/give-back', { csrf, note: 'Dis bonjour d’abord.' })).headers
        .location,
    ).toBe('/held?said=givenBack');
    expect((await claire.post('/held/1/3/give-back', { csrf })).headers.location).toBe(
      '/held?said=keptOut',
    );
    expect((await claire.post('/held/1/2/release', { csrf })).headers.location).toBe(
      '/held?said=went&sent=1',
    );
    expect((await claire.get('/held')).body).toContain('Aucun message en attente');
  });
});
