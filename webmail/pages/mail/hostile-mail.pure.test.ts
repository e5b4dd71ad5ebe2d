/**
 * What a message may do to the page that shows it: nothing (security.md 4, "XSS", "Attachments").
 */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Attachment } from '../../../core/core.ts';
import { MAIL_PAGES } from '../../routes/mail-routes.ts';
import { webmail } from '../../server.ts';
import { signedIn, type Guest } from '../../testing/guest.ts';
import { FACES } from '../../testing/people.ts';
import { openTown } from '../../testing/town.ts';
import type { Town } from '../../testing/world.ts';

const CLAIRE = 'claire.lefevre@ecoles.preau.test';
const SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
const NAMED_BY_A_STRANGER = { ...FACES.inspection, name: SCRIPT, address: 'a@evil.example' };

let town: Town;
let app: FastifyInstance;
let claire: Guest;
beforeAll(async () => {
  town = await openTown();
  app = await webmail(town.core, MAIL_PAGES, { clock: () => town.now });
  claire = await signedIn(app, CLAIRE);
});
afterAll(() => app.close());

function file(name: string, mediaType: string): Attachment {
  return { path: '2', name, mediaType, sizeBytes: 12, danger: 'other', contentId: null };
}

it('formatted mail is in a frame where nothing runs, and under a policy of its own', async () => {
  const uid = town.deliver(CLAIRE, {
    from: FACES.inspection,
    subject: 'x',
    html: '<p>Bonjour</p>',
  });
  const page = (await claire.get(`/mail/inbox/${uid}`)).body;
  const sandbox = /<iframe[^>]* sandbox="([^"]*)"/.exec(page)?.[1]?.split(' ');
  // Of our origin, so that the page can ask for its height: safe while nothing in it may run.
  expect(sandbox?.toSorted()).toEqual([
    'allow-popups',
    'allow-popups-to-escape-sandbox',
    'allow-same-origin',
  ]);
  const { headers } = await claire.get(`/mail/inbox/${uid}/body`);
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  const policy = String(headers['content-security-policy']).split('; ');
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      'sandbox allow-popups allow-popups-to-escape-sandbox allow-same-origin',
    ]),
  );
  expect(
    policy.filter((one) => /script|connect|form-action (?!'none')|https?:|\*/.test(one)),
  ).toEqual([]);
});

it('mail that could not be laid out in time says so and shows how it begins, nothing of it as markup', async () => {
  const uid = town.deliver(CLAIRE, {
    from: FACES.inspection,
    subject: 'x',
    html: '<p>Bonjour</p>',
  });
  const { formatted } = town.core.mail;
  town.core.mail.formatted = async () => ({ kind: 'late', text: 'a <b>b</b> & c' });
  const { statusCode, body } = await claire.get(`/mail/inbox/${uid}/body`);
  town.core.mail.formatted = formatted;
  expect(statusCode).toBe(200);
  expect(body).toContain('Ce message n’a pas pu être mis en forme à temps.');
  expect(body).toContain('<pre>a &lt;b&gt;b&lt;/b&gt; &amp; c</pre>');
});

it.each([
  'text/html',
  'image/svg+xml',
  'application/xhtml+xml',
  'text/xml',
  'application/javascript',
  'text/javascript',
  'text/plain',
  'application/x-shockwave-flash',
])('a file that calls itself %s is bytes to keep, shown by no browser', async (mediaType) => {
  const uid = town.deliver(CLAIRE, {
    from: FACES.inspection,
    subject: 'x',
    attachments: [file('page.html', mediaType)],
  });
  const { statusCode, headers } = await claire.get(`/mail/inbox/${uid}/file/2`);
  expect(statusCode).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  });
  expect(headers['content-disposition']).toMatch(/^attachment; /);
  expect((await claire.get(`/mail/inbox/${uid}/picture/2`)).statusCode).toBe(404);
});

it('markup in a subject, a name, an address, a text, a file’s name and a search stays text, on every page that shows it', async () => {
  const letter = {
    from: NAMED_BY_A_STRANGER,
    subject: SCRIPT,
    text: SCRIPT,
    attachments: [file(SCRIPT, 'application/pdf')],
  };
  const uid = town.deliver(CLAIRE, letter);
  const urls = [
    '/mail/inbox',
    `/mail/inbox/${uid}`,
    `/mail/inbox/${uid}/reply`,
    `/search?q=${encodeURIComponent(SCRIPT)}`,
    `/mail/inbox?said=${encodeURIComponent(SCRIPT)}`,
  ];
  for (const url of urls) {
    const { statusCode, body } = await claire.get(url);
    expect(statusCode, url).toBe(200);
    expect(body, url).not.toMatch(/<script>|<img src=x/);
    if (!url.includes('said=')) expect(body, url).toContain('&lt;script&gt;');
  }
});
