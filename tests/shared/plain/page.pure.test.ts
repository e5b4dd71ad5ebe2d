/** A person before a page without a browser: what they find, may do, and what is sent. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOfStream } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlainPage, text, type PlainPage } from './page.ts';

const PAGE = `<!doctype html><html><head><title>Une page</title></head><body><main>
  <noscript><p class="plain">Sans script</p></noscript>
  <template><input name="inert" value="1"></template>
  <p>Écrire <b>à  Noé</b>\u00a0!</p><p id="gone" hidden>Écrire à Léa</p>
  <ul><li>Un <a href="/other?a=1#there">Ouvrir</a></li><li>Deux <a href="#below"><i>Plus</i> bas</a></li></ul>
  <details><summary>Ranger</summary><button form="f" name="act" value="tidy">Tout ranger</button></details>
  <form id="f" method="post" action="/sent">
    <input type="hidden" name="csrf" value="x y"><input name="who" required maxlength="20">
    <textarea name="words">\nPremière\n\nDernière</textarea>
    <label>Urgent <input type="checkbox" name="urgent" value="yes"></label>
    <label for="r1">Un jour</label><input type="radio" id="r1" name="when" value="day" checked>
    <label for="r2">Une heure</label><input type="radio" id="r2" name="when" value="hour">
    <select name="school"><option value="">Choisir</option><option value="7">École <b>Pasteur</b></option></select>
    <fieldset disabled><legend><input name="kept" value="1"></legend><input name="off" value="1"></fieldset>
    <input name="nothing" value="1" disabled><button type="button">Script</button>
    <button name="act" value="send">Envoyer</button><button name="act" value="throw" formnovalidate formaction="/thrown">Jeter</button>
  </form>
  <input name="outside" form="f" value="2">
  <form action="/found"><input type="search" name="q" id="q"></form>
  <form action="/found"><input name="day" type="date" min="2026-11-24"><button>Voir</button></form>
  <form action="/found"><input name="one"><input name="other"></form>
  <form method="post" action="/file" enctype="multipart/form-data"><input type="file" name="file" multiple><button>Donner</button></form>
</main></body></html>`;

let server: ReturnType<typeof createServer>;
let base: string;
let page: PlainPage;

beforeAll(async () => {
  server = createServer((request, response) => {
    void textOfStream(request).then((body) => {
      const { method, url = '', headers } = request;
      if (url === '/page') return response.setHeader('content-type', 'text/html').end(PAGE);
      if (url === '/leads')
        return response
          .writeHead(303, {
            location: '/other',
            'set-cookie': ['a=1; Path=/', '__Host-b=2; Path=/; Secure', '__Host-c=3; Path=/'],
          })
          .end();
      if (url === '/forgets')
        return response
          .writeHead(303, { location: '/other', 'set-cookie': 'a=; Max-Age=0; Path=/' })
          .end();
      if (url === '/round') return response.writeHead(302, { location: '/round' }).end();
      if (url === '/asks')
        return response
          .setHeader('content-type', 'text/html')
          .end('<img src="http://ailleurs.example/a.png">');
      if (url === '/away')
        return response.writeHead(302, { location: 'http://ailleurs.example/' }).end();
      if (url === '/pdf')
        return response
          .setHeader('content-disposition', "attachment; filename*=UTF-8''%C3%A9t%C3%A9.pdf")
          .end('%PDF');
      const said = JSON.stringify({ method, url, body, cookie: headers.cookie ?? '' });
      const markup = said.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      return response
        .setHeader('content-type', 'text/html; charset=utf-8')
        .end(`<main><pre>${markup}</pre><a href="/pdf">PDF</a></main>`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function opened(): Promise<PlainPage> {
  page = openPlainPage(base);
  await page.goto('/page');
  return page;
}
/** What the server was asked last. */
const asked = async (): Promise<Record<string, string>> =>
  JSON.parse(await page.textContent('pre')) as Record<string, string>;
const fields = async (): Promise<string[][]> => [
  ...new URLSearchParams((await asked())['body']).entries(),
];

describe('what is found', () => {
  it.each([
    { selector: 'text=écrire à noé !', then: ['Écrire à  Noé\u00a0!'] },
    { selector: 'text=à noé', then: ['à  Noé'] },
    { selector: 'p:has-text("Écrire")', then: ['Écrire à  Noé\u00a0!', 'Écrire à Léa'] },
    { selector: 'p:has-text("Écrire") >> visible=true', then: ['Écrire à  Noé\u00a0!'] },
    { selector: 'p:has-text("Écrire"):visible', then: ['Écrire à  Noé\u00a0!'] },
    { selector: 'li >> nth=-1 >> text=bas', then: ['Plus bas'] },
    { selector: 'li:has(a:text-is("Ouvrir")) >> a', then: ['Ouvrir'] },
    { selector: 'summary >> text=Ranger', then: ['Ranger'] },
    { selector: '.plain', then: ['Sans script'] },
    { selector: '[name=inert]', then: [] },
    { selector: 'text=Une page', then: [] },
  ])('$selector', async ({ selector, then }) => {
    await opened();
    expect(await page.locator(selector).allTextContents()).toEqual(then);
  });

  it('one is meant by a page’s verbs, and several are refused by a locator’s', async () => {
    await opened();
    expect(await page.textContent('li')).toBe('Un Ouvrir');
    await expect(page.locator('li').textContent()).rejects.toThrow('2 elements are li');
    await expect(page.textContent('.none')).rejects.toThrow('nothing is .none');
    expect(await page.title()).toBe('Une page');
  });
});

describe('a form', () => {
  it('sends what its fields hold, by the button that is pressed', async () => {
    await opened();
    await page.fill('[name=who]', 'Noé & Zoé');
    await page.check('text=Urgent');
    await page.click('label[for=r2]');
    await page.selectOption('select', { label: 'École Pasteur' });
    await page.click('text=Envoyer');
    expect(await asked()).toMatchObject({ method: 'POST', url: '/sent' });
    expect(await fields()).toEqual([
      ['csrf', 'x y'],
      ['who', 'Noé & Zoé'],
      ['words', 'Première\r\n\r\nDernière'],
      ['urgent', 'yes'],
      ['when', 'hour'],
      ['school', '7'],
      ['kept', '1'],
      ['act', 'send'],
      ['outside', '2'],
    ]);
  });

  it('isn’t sent while a field of it must be filled in, but by a button that says so', async () => {
    await opened();
    await expect(page.click('text=Envoyer')).rejects.toThrow('name="who"');
    await page.click('text=Jeter');
    expect((await asked())['url']).toBe('/thrown');
  });

  it('is sent by Enter as by its first button, wherever that stands', async () => {
    await opened();
    await page.fill('[name=who]', 'Noé');
    await page.press('[name=who]', 'Enter');
    expect(await fields()).toContainEqual(['act', 'tidy']);
  });

  it('that only asks puts its fields into the address', async () => {
    await opened();
    await page.fill('#q', 'musée');
    await page.press('#q', 'Enter');
    expect(page.url()).toBe(`${base}/found?q=mus%C3%A9e`);
  });

  it('brings files in parts', async () => {
    await opened();
    await page.setInputFiles('[type=file]', {
      name: 'été.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('bonjour'),
    });
    await page.click('text=Donner');
    expect((await asked())['body']).toMatch(/name="file"; filename="été\.txt"[^]*bonjour/);
  });
});

it.each<{ what: string; go: () => Promise<unknown>; then: RegExp }>([
  { what: 'a press on text', go: () => page.click('text=Un >> nth=0'), then: /can’t be pressed/ },
  { what: 'a press on what is hidden', go: () => page.click('#gone'), then: /hidden/ },
  { what: 'a press in what is folded', go: () => page.click('text=Tout ranger'), then: /hidden/ },
  { what: 'a button of a script', go: () => page.click('text=Script >> nth=-1'), then: /script/ },
  { what: 'a disabled field', go: () => page.fill('[name=nothing]', 'x'), then: /disabled/ },
  { what: 'one of a disabled part', go: () => page.fill('[name=off]', 'x'), then: /disabled/ },
  { what: 'a box as a field', go: () => page.fill('[name=urgent]', 'x'), then: /filled in/ },
  { what: 'too long a text', go: () => page.fill('[name=who]', 'x'.repeat(21)), then: /longer/ },
  { what: 'a choice not offered', go: () => page.selectOption('select', '8'), then: /offer/ },
  { what: 'half a day', go: () => page.fill('[name=day]', '24/11'), then: /can’t be written/ },
  {
    what: 'a day out of range',
    go: async () => {
      await page.fill('[name=day]', '2026-11-23');
      await page.click('text=Voir');
    },
    then: /out of the range/,
  },
  {
    what: 'Enter without a button',
    go: () => page.press('[name=one]', 'Enter'),
    then: /no button/,
  },
  { what: 'another key', go: () => page.press('#q', 'Escape'), then: /without script/ },
  { what: 'an endless way', go: () => page.goto('/round'), then: /on and on/ },
  { what: 'another host', go: () => page.goto('/away'), then: /isn’t ours/ },
  { what: 'a page that asks others', go: () => page.goto('/asks'), then: /asks for http/ },
  { what: 'a file as a page', go: () => page.goto('/pdf'), then: /gives a file/ },
])('$what is refused', async ({ go, then }) => {
  await opened();
  await expect(go()).rejects.toThrow(then);
});

it('a summary opens what it folds, and a link to the same page asks for nothing', async () => {
  await opened();
  await page.click('summary');
  expect(await page.isVisible('text=Tout ranger')).toBe(true);
  await page.click('text=Plus');
  expect(page.url()).toBe(`${base}/page#below`);
  expect(await page.isVisible('text=Tout ranger')).toBe(true);
});

it('cookies are kept as their server says, through redirects, and shared by pages side by side', async () => {
  await opened();
  await page.goto('/leads');
  expect(page.url()).toBe(`${base}/other`);
  expect((await asked())['cookie']).toBe('a=1; __Host-b=2');
  page = page.beside();
  await page.goto('/forgets');
  expect((await asked())['cookie']).toBe('__Host-b=2');
});

it('goes back to where it was, and stays where a file is given', async () => {
  await opened();
  await page.click('text=Ouvrir');
  expect(page.url()).toBe(`${base}/other?a=1#there`);
  const { name, bytes } = await page.download('text=PDF');
  expect([name, bytes.toString()]).toEqual(['été.pdf', '%PDF']);
  expect(page.url()).toBe(`${base}/other?a=1#there`);
  await page.goBack();
  expect(await text(page, 'li')).toBe('Un Ouvrir');
});
