/**
 * What every answer says of itself to a browser, over every route there is (OWASP ASVS 5, 3.2 to
 * 3.4 and 14.3).
 */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { DEVICE_PATHS } from '../devices/doors.ts';
import { DEMO_PAGES, PAGES } from '../routes/routes.ts';
import { webmail } from '../server.ts';
import { tokenIn } from '../testing/guest.ts';
import { SESSION_COOKIE } from './guard.ts';

const HOST = 'courrier.ecoles.preau.test';
const POLICY = "default-src 'none'";
const PEOPLE = [
  'lina.moreau',
  'claire.lefevre',
  'mamadou.diallo',
  'karine.moreau',
  'leila.brahimi',
] as const;
/**
 * Where one writes, writing opens in its place or files are brought, one may speak instead; nowhere
 * else does a page hear anything.
 */
const SPEAKS = [
  /\/(?:write|reply|reply-all|families|child\/\d+\/family)(?:\/|\?|$)/,
  /^\/search|^\/mail\/[^/?]+(?:\/\d+)?(?:\?|$)/,
  /^\/boards\/.*\/(?:new|propose)(?:\?|$)|^\/notices\/.*\/edit(?:\?|$)/,
  /^\/classes\/\d+\/cupboard(?:\?|$)/,
];
const MAY_LISTEN = /camera=\(\).*microphone=\((?:self)?\)/;
const LISTENS_TO_NOBODY = /camera=\(\).*microphone=\(\)/;
/** What may be kept: nothing in it is anybody's. */
const KEPT: ReadonlySet<string> = new Set(['/favicon.ico', ...DEVICE_PATHS]);

let town: TestTown;
let app: FastifyInstance;
const cookies = new Map<string, string>();
let values: Readonly<Record<string, string | number>>;

beforeAll(async () => {
  town = await openTestTown();
  app = await webmail(
    { ...town.core, config: { ...town.core.config, publicUrl: `https://${HOST}` } },
    DEMO_PAGES,
    { clock: () => town.clock.now },
  );
  for (const local of PEOPLE)
    cookies.set(local, `${SESSION_COOKIE}=${await town.enter(await town.viewer(local))}`);
  const [teacher, pupil] = [await town.viewer('claire.lefevre'), await town.viewer('lina.moreau')];
  await town.send('claire.lefevre', ['lina.moreau', 'mamadou.diallo', 'karine.moreau'], {
    file: { name: 'note.txt', bytes: Buffer.from('Bonjour') },
  });
  const [row] = await town.rows('lina.moreau');
  values = {
    mailbox: 'inbox',
    uid: row?.uid ?? 0,
    part: '2',
    hold: 1,
    school: teacher.school,
    class: teacher.classes[0]?.id ?? 0,
    child: pupil.account,
    account: pupil.account,
    other: 1,
    device: 1,
    draft: 1,
    import: 1,
    batch: 1,
  };
});
afterAll(async () => {
  await app.close();
  await town.close();
});

const pathOf = (pattern: string): string =>
  pattern.replace(/:(\w+)/g, (_all, name: string) => String(values[name]));

interface Request {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: string;
  readonly who?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: string;
}

function asked({
  method = 'GET',
  url,
  who,
  host = HOST,
  headers = {},
  payload,
}: Request): Promise<LightMyRequestResponse> {
  const cookie = who === undefined ? {} : { cookie: cookies.get(who) ?? '' };
  return app.inject({
    method,
    url,
    headers: { host, ...cookie, ...headers },
    ...(payload === undefined ? {} : { payload }),
  });
}

/** What an answer lacks. */
function faultsOf(
  url: string,
  { headers, statusCode, cookies: set, body }: LightMyRequestResponse,
): string[] {
  const has = (name: string, value: string | RegExp): string[] => {
    const said = String(headers[name] ?? '');
    return (typeof value === 'string' ? said === value : value.test(said))
      ? []
      : [`${name}: ${said}`];
  };
  const path = url.split('?')[0] ?? '';
  const isAsset = path.startsWith('/a/') && statusCode === 200;
  const mayBeKept = KEPT.has(path) || isAsset;
  const listens = SPEAKS.some((one) => one.test(url)) ? MAY_LISTEN : LISTENS_TO_NOBODY;
  const faults = [
    ...has('x-content-type-options', 'nosniff'),
    ...has('referrer-policy', 'same-origin'),
    ...has('cross-origin-opener-policy', 'same-origin'),
    ...has('cross-origin-resource-policy', 'same-origin'),
    // What no script runs in asks a browser for nothing.
    ...has('permissions-policy', isAsset ? '' : listens),
    ...has('x-frame-options', /^(DENY|SAMEORIGIN)$/),
    ...has('content-security-policy', new RegExp(`^${POLICY}.*frame-ancestors '(none|self)'`)),
    ...has('content-security-policy', /^(?!.*unsafe-(inline'; script|eval))/),
    ...has('cache-control', mayBeKept && statusCode < 300 ? /max-age=\d/ : 'no-store'),
    ...['server', 'x-powered-by', 'access-control-allow-origin', 'etag'].flatMap((name) =>
      headers[name] === undefined ? [] : [`${name}: ${String(headers[name])}`],
    ),
    ...set.flatMap((one) =>
      one.httpOnly &&
      one.secure &&
      one.sameSite === 'Lax' &&
      one.path === '/' &&
      one.name.startsWith('__Host-') &&
      one.domain === undefined
        ? []
        : [`cookie ${one.name}`],
    ),
    ...(body !== '' && /^text\//.test(String(headers['content-type']))
      ? has('content-type', /; charset=utf-8$/)
      : []),
    ...(body === '' ? [] : has('content-type', /^[a-z]+\//)),
  ];
  return faults.map((fault) => `${statusCode} ${url} ${fault}`);
}

describe('every answer says how it may be shown, sent on and kept', () => {
  const loads = Object.keys(DEMO_PAGES.loads);
  it.each(sliced(2, PEOPLE).some.map((who, at) => ({ who, at })))(
    'of a page in fifteen that shows something, to $who',
    ({ who, at }) => ofPages(who, ['/mail/:mailbox', ...sliced(15, loads.slice(5 * at)).some]),
  );
  it.each(PEOPLE.map((who) => ({ who })))(
    'of every page that shows something, to $who',
    SOAKED,
    ({ who }) => ofPages(who, loads),
  );

  async function ofPages(who: string, patterns: readonly string[]): Promise<void> {
    const faults: string[] = [];
    const statuses = new Set<number>();
    for (const pattern of patterns) {
      const url = pathOf(pattern);
      const answer = await asked({ url, who });
      statuses.add(answer.statusCode);
      faults.push(...faultsOf(url, answer));
    }
    expect(faults).toEqual([]);
    expect(statuses).toContain(200);
    expect(statuses).not.toContain(500);
  }

  const payloads = (csrf: string) => ['csrf=x', `csrf=${encodeURIComponent(csrf)}`] as const;
  it('of a form in seven, refused or taken', () =>
    ofForms((csrf, at) => (at % 7 === 0 ? payloads(csrf).slice(at % 2, (at % 2) + 1) : [])));
  it('of every form, refused and taken', SOAKED, () => ofForms(payloads));

  async function ofForms(
    payloadsAt: (csrf: string, at: number) => readonly string[],
  ): Promise<void> {
    const faults: string[] = [];
    for (const who of ['lina.moreau', 'leila.brahimi'] as const) {
      const csrf = tokenIn((await asked({ url: '/write', who })).body);
      const patterns = [
        ...Object.keys(PAGES.posts),
        '/codes/:class/open',
        '/signin',
        '/signin/code',
        '/activate',
        '/class/:class/:child',
        '/signout',
      ];
      for (const [at, pattern] of patterns.entries()) {
        for (const payload of payloadsAt(csrf, at)) {
          const url = pathOf(pattern);
          faults.push(
            ...faultsOf(
              url,
              await asked({
                method: 'POST',
                url,
                who,
                payload,
                headers: { 'content-type': 'application/x-www-form-urlencoded' },
              }),
            ),
          );
        }
      }
      cookies.set(who, `${SESSION_COOKIE}=${await town.enter(await town.viewer(who))}`);
    }
    expect(faults).toEqual([]);
  }

  it('of every other path, and of what is refused before a page is asked', async () => {
    const door = (await asked({ url: '/signin?adult=1' })).body;
    const assets = [...door.matchAll(/(?:href|src)="(\/a\/[^"#]+)/g)].map(([, url = '']) => url);
    expect(assets.length).toBeGreaterThan(1);
    const all: Request[] = [
      ...[
        ...assets,
        '/',
        '/signin',
        '/signin?language=en',
        '/signin/code',
        '/class',
        '/class/1',
        '/class/1/1',
        '/activate',
        '/healthz',
        '/favicon.ico',
        '/worker.js',
        '/offline?language=en&for=child',
        '/nothing',
        '/mail/inbox',
        '/events',
        '/roster/town/1/events',
      ].map((url) => ({ url })),
      { url: '/mail/inbox', method: 'HEAD', who: 'lina.moreau' },
      { url: '/signin', host: 'evil.example' },
      { url: '/mail/%ff' },
      { url: '/mail/inbox', method: 'PUT' },
      { url: '/roster/town/1/events', who: 'lina.moreau' },
      { url: '/roster/town/999/events', who: 'leila.brahimi' },
      {
        url: '/write',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        payload: '{}',
      },
      {
        url: '/write',
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'x'.repeat(3_000_000),
      },
      { url: '/write', method: 'POST', headers: { origin: 'https://evil.example' }, payload: 'x' },
      { url: '/mail/inbox', who: 'lina.moreau', headers: { 'accept-encoding': 'br' } },
      ...[...DEVICE_PATHS].map((url): Request =>
        url.endsWith('config-v1.1.xml')
          ? { url }
          : { url, method: 'POST', headers: { 'content-type': 'text/xml' }, payload: '<x/>' },
      ),
    ];
    const faults: string[] = [];
    for (const one of all) faults.push(...faultsOf(one.url, await asked(one)));
    expect(faults).toEqual([]);
  });

  it('asks for https for a year where people come by https, on our own name alone', async () => {
    const year = 'max-age=31536000; includeSubDomains';
    for (const url of ['/signin', '/nothing', '/healthz', '/mail/%ff'])
      expect((await asked({ url })).headers['strict-transport-security'], url).toBe(year);
    expect(
      (await asked({ url: '/mail/config-v1.1.xml', host: 'autoconfig.ville.fr' })).headers,
    ).not.toHaveProperty('strict-transport-security');
    for (const [publicUrl, then] of [
      ['http://127.0.0.1:0', undefined],
      ['https://ville.fr', 'max-age=31536000'],
    ] as const) {
      const other = await webmail(
        { ...town.core, config: { ...town.core.config, publicUrl } },
        PAGES,
      );
      const answer = await other.inject({
        url: '/signin',
        headers: { host: new URL(publicUrl).host },
      });
      expect(answer.headers['strict-transport-security']).toBe(then);
      await other.close();
    }
  });
});
