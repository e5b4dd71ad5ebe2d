import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEMO_PASSWORD } from '../../cli/demo/seed.ts';
import { CLASS_COOKIE, DEVICE_COOKIE, SESSION_COOKIE } from '../http/guard.ts';
import { guest, HOST, signedIn, tokenIn, type Guest } from '../testing/guest.ts';
import { openTownPages } from '../testing/served.ts';

const { town, app } = await openTownPages();
const [LINA, CLAIRE] = [town.address('lina.moreau'), town.address('claire.lefevre')];
afterEach(() => vi.restoreAllMocks());

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
    expect(answer.body).not.toContain(DEMO_PASSWORD);
  });

  it('says how long to wait after too many tries', async () => {
    vi.spyOn(town.core.accounts, 'signIn').mockResolvedValueOnce({ kind: 'wait', seconds: 45 });
    const somebody = guest(app);
    const csrf = await somebody.csrf('/signin');
    const answer = await somebody.post('/signin', { csrf, address: LINA, password: 'x' });
    expect(answer.statusCode).toBe(429);
    expect(answer.body).toContain(
      'Réessayez dans 45 secondes\u00a0: votre compte n’est pas bloqué.',
    );
  });

  it('leads whoever tried in vain to whom one asks for a new password, and to the code', async () => {
    const somebody = guest(app);
    const door = await somebody.get('/signin');
    expect(door.body).toContain('href="/signin/forgotten"');
    expect(door.body).toMatch(/<input[^>]*id="a"[^>]*autofocus/);
    const wrong = await somebody.post('/signin', {
      csrf: tokenIn(door.body),
      address: LINA,
      password: 'x',
    });
    expect(wrong.body).toMatch(/role="alert">.*<a href="\/signin\/forgotten">[^<]+<\/a>.*<\/p>/);
    expect(wrong.body).toMatch(/<input[^>]*id="p"[^>]*autofocus/);
    for (const id of ['a', 'p'])
      expect(wrong.body).toMatch(new RegExp(`<input[^>]*id="${id}"[^>]*aria-invalid="true"`));
    const page = await somebody.get('/signin/forgotten');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Demandez à la direction de l’école.');
    expect(page.body).toContain('href="/activate?language=fr"');
    expect((await somebody.get('/signin/forgotten?language=en')).body).toContain('Ask the head');
  });

  it('asks again where the password ended while it was looked at, and lets nobody in', async () => {
    vi.spyOn(town.core.accounts, 'openSession').mockResolvedValueOnce(null);
    const somebody = guest(app);
    const fields = { csrf: await somebody.csrf('/signin'), address: LINA, password: DEMO_PASSWORD };
    const reply = await somebody.post('/signin', fields);
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
      password: DEMO_PASSWORD,
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
        password: DEMO_PASSWORD,
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
      password: DEMO_PASSWORD,
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
        password: DEMO_PASSWORD,
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
      password: DEMO_PASSWORD,
      own: 'yes',
    });
    expect(shared.cookies.has(DEVICE_COOKIE)).toBe(false);
  });

  it('lets nobody sign another in (login CSRF)', async () => {
    const attacker = guest(app);
    const csrf = await attacker.csrf('/signin');
    const victim = guest(app);
    const answer = await victim.post('/signin', { csrf, address: LINA, password: DEMO_PASSWORD });
    expect(answer.statusCode).toBe(403);
    expect(victim.cookies.has(SESSION_COOKIE)).toBe(false);
  });
});
