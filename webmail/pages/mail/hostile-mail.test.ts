/**
 * What a message may do to the page that shows it: nothing (decision 28, "XSS", "Attachments").
 */
import { expect, it, vi } from 'vitest';
import type { TownLetter } from '../../../tests/shared/town.ts';
import { openTownPages } from '../../testing/served.ts';

const INSPECTION = 'inspection@exemple.fr';
const SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

const { town, enter, newest } = await openTownPages();
const claire = await enter('claire.lefevre');

/** Brings Claire a letter from outside; where it stands. */
async function brought(letter: Partial<TownLetter>): Promise<string> {
  const outcome = await town.receive(INSPECTION, ['claire.lefevre'], letter);
  expect(outcome.kind).toBe('accepted');
  return newest('claire.lefevre');
}

it('formatted mail is in a frame where nothing runs, and under a policy of its own', async () => {
  const at = await brought({ subtype: 'html', text: '<p>Bonjour</p>' });
  const page = (await claire.get(at)).body;
  const sandbox = /<iframe[^>]* sandbox="([^"]*)"/.exec(page)?.[1]?.split(' ');
  // Of our origin, so that the page can ask for its height: safe while nothing in it may run.
  expect(sandbox?.toSorted()).toEqual([
    'allow-popups',
    'allow-popups-to-escape-sandbox',
    'allow-same-origin',
  ]);
  const { headers } = await claire.get(`${at}/body`);
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
  const at = await brought({ subtype: 'html', text: '<p>Bonjour</p>' });
  vi.spyOn(town.core.mail, 'formatted').mockResolvedValueOnce({
    kind: 'late',
    text: 'a <b>b</b> & c',
  });
  const { statusCode, body } = await claire.get(`${at}/body`);
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
  const at = await brought({
    file: { name: 'page.html', mediaType, bytes: Buffer.from('<p>Bonjour</p>') },
  });
  const { statusCode, headers } = await claire.get(`${at}/file/2`);
  expect(statusCode).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  });
  expect(headers['content-disposition']).toMatch(/^attachment; /);
  expect((await claire.get(`${at}/picture/2`)).statusCode).toBe(404);
});

it('markup in a subject, a name, an address, a text, a file’s name and a search stays text, on every page that shows it', async () => {
  const quoted = SCRIPT.replaceAll('"', '\\"');
  const at = await brought({
    header: { from: `"${quoted}" <${INSPECTION}>` },
    subject: SCRIPT,
    text: SCRIPT,
    file: { name: `${quoted} & co.txt`, bytes: Buffer.from('Bonjour') },
  });
  const urls = [
    '/mail/inbox',
    at,
    `${at}/reply`,
    `/search?q=${encodeURIComponent(SCRIPT)}`,
    `/mail/inbox?said=${encodeURIComponent(SCRIPT)}`,
  ];
  for (const url of urls) {
    const { statusCode, body } = await claire.get(url);
    expect(statusCode, url).toBe(200);
    expect(body, url).not.toMatch(/<script>|<img src=x/);
    if (!url.includes('said=')) expect(body, url).toContain('&lt;script&gt;');
    // core takes the brackets out of a file's name
    if (url === at)
      expect(body).toContain('<span>script__img src=x onerror=alert(1)_ &amp; co.txt<');
  }
});
