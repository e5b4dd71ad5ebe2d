/** An adult's letter with a little formatting, typed or pasted in a browser, and read. */
import { simpleParser } from 'mailparser';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasCorpora } from '../../../core/letters/message/testing/corpora.ts';
import { grainyPng } from '../../../core/letters/message/testing/documents.ts';
import { hostileHtml } from '../../../core/letters/message/testing/hostile-html.ts';
import { messageBytes } from '../../../core/store/mail/message-bytes.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { faultsInPassing, pageFaults } from '../../../tests/shared/page-faults.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { TestTown } from '../../../tests/shared/town.ts';
import { openPages } from '../../testing/pages.ts';

const { town, visits } = await openPages();

describe.skipIf(!hasChromium())(
  'a letter with a little formatting (skipped where chromium is not installed)',
  { timeout: 120_000 },
  () => {
    it('is typed by keyboard, sent, and read by a child as it was typed', async () => {
      const page = await visits.enter('claire.lefevre', { at: '/write' });
      await page.click('[data-format]');
      await page.locator('.rich').waitFor();
      await page.keyboard.press('Control+b');
      await page.keyboard.type('Lundi');
      await page.keyboard.press('Control+b');
      await page.keyboard.press('Enter');
      await page.keyboard.type('- bleu');
      expect(await page.locator('.rich li').allTextContents()).toEqual(['bleu']);
      await page.fill('input[name="subject"]', 'La fresque');
      await page.fill('[data-find]', town.address('noe.garnier'));
      await page.keyboard.press('Enter');
      await page.locator('.toks').first().waitFor();
      await page.click('[data-send]');
      await page.waitForURL(/mail/);
      const child = await visits.read(
        'noe.garnier',
        `/mail/inbox/${(await town.rows('noe.garnier'))[0]?.uid}`,
      );
      expect(await child.locator('#letter b').allTextContents()).toContain('Lundi');
      expect(await child.locator('#letter li').allTextContents()).toEqual(['bleu']);
    });

    it(
      'is typed by keyboard, kept, taken up again, sent, and read by a colleague and a child',
      SOAKED,
      async () => {
        const page = await visits.enter('claire.lefevre');
        const faults: string[] = [];
        page.on('pageerror', ({ message }) => faults.push(message));
        page.on('console', (line) => {
          if (line.type() === 'error') faults.push(line.text());
        });
        await page.clock.install();
        await page.goto(`${visits.base}/write`);
        await page.click('[data-format]');
        await page.locator('.rich').waitFor();
        await typeFresco(page);
        expect(await page.locator('.rich li').allTextContents()).toEqual([
          ...['du bleu', 'des bouchons'],
        ]);
        await page.fill('input[name="subject"]', 'La fresque');
        const kept = page.waitForResponse(/\/write\/keep$/);
        // A letter with files is kept every twenty seconds.
        await page.clock.fastForward(20_000);
        await page.locator('[data-kept]:not([hidden])').waitFor();
        await kept;
        await page.reload();
        await page.locator('.rich b').waitFor();
        expect(await page.locator('.rich').innerHTML()).toContain('<b>vendredi</b>');
        expect(await page.locator('.rich img').getAttribute('alt')).toBe('Un soleil sur la mer');
        await page.fill('[data-find]', town.address('adele.vidal'));
        await page.keyboard.press('Enter');
        await page.locator('.toks').first().waitFor();
        await page.click('[data-send]');
        await page.waitForURL(/mail/);
        expect(faults).toEqual([]);
        const child = await visits.enter('adele.vidal', { at: '/mail/inbox' });
        await child.click('text=La fresque');
        const letter = child.locator('main');
        await child.locator('b:has-text("vendredi")').waitFor();
        const picture = child.locator('main img[alt="Un soleil sur la mer"]');
        expect(
          await picture.evaluate((one: HTMLImageElement) =>
            one.decode().then(() => one.naturalWidth),
          ),
        ).toBe(320);
        const dot = letter.locator('li').first();
        expect(await dot.evaluate((one) => getComputedStyle(one).listStyleType)).toBe('disc');
        expect(await letter.locator('li').allTextContents()).toEqual(['du bleu', 'des bouchons']);
        // Nothing stands beside the words, which have the whole sheet.
        expect(await child.locator('.plate').count()).toBe(0);
      },
    );

    it(
      'takes a picture that is pasted where one writes; of one of 30 MB it says that it is too big',
      SOAKED,
      async () => {
        const page = await visits.enter('helene.bertin', { at: '/write' });
        await page.click('[data-format]');
        await page.locator('.rich').waitFor();
        await page.click('.rich');
        await page.keyboard.type('Avant ');
        await paste(page, 30_000_000);
        const says = page.locator('[data-tray-says]');
        await says.filter({ hasText: 'image.png est trop gros pour ce message' }).waitFor();
        expect(await says.textContent()).toContain('il reste de la place pour 19,1\u00a0Mo.');
        expect(await page.locator('.rich').innerText()).toContain('Avant');
        // What is joined next is no part of the words.
        const bytes = grainyPng(64, 40);
        const joined = { name: 'joint.png', mimeType: 'image/png', buffer: bytes };
        await page.setInputFiles('[data-files]', joined);
        await page.locator('.clip:not(.coming):has-text("joint.png")').waitFor();
        expect(await page.locator('.rich img').count()).toBe(0);
        await page.click('.rich');
        await paste(page, bytes.toString('base64'));
        await page.locator('.rich img[data-cid]').waitFor();
        await page.fill('[data-says]', 'La mer');
        await page.keyboard.press('Enter');
        await page.reload();
        await page.locator('.rich div:has-text("Avant") img[alt="La mer"]').waitFor();
        expect((await town.rows('helene.bertin', 'drafts'))[0]?.files).toBe(2);
      },
    );

    it(
      'begins with a template that has some, which fills one that is begun and loses no word',
      SOAKED,
      async () => {
        const page = await visits.enter('julie.robin', { at: '/templates/new' });
        await page.click('[data-format]');
        await page.locator('.words .rich').waitFor();
        expect(await page.locator('[data-do="picture"]').count()).toBe(0);
        await page.click('.words .rich');
        await page.keyboard.type('Apporter ');
        await page.keyboard.press('Control+b');
        await page.keyboard.type('lundi');
        await page.fill('input[name="title"]', 'Gras');
        expect(await faultsInPassing(page, 'a template with a little formatting')).toEqual([]);
        await page.click('button:has-text("Enregistrer")');
        await page.locator('.own-groups').waitFor();
        await page.goto(`${visits.base}/write`);
        await page.locator('.rich').waitFor();
        await page.click('.rich');
        await page.keyboard.type('- des crayons');
        await page.click('.templates button:has-text("Gras")');
        await page.locator('.rich b:has-text("lundi")').waitFor();
        expect(await page.locator('.rich li').allTextContents()).toEqual(['des crayons']);
        await page.goto(`${visits.base}/templates`);
        await page.click('.own-groups a:not([href$="/write"])');
        await page.locator('.words .rich b:has-text("lundi")').waitFor();
      },
    );

    it(
      'ends with a signature that has some, for who writes with some, and with its lines for who doesn’t',
      SOAKED,
      async () => {
        const page = await visits.enter('karim.haddad', { at: '/settings' });
        await page.click('#signature [data-format]');
        await page.click('#signature .rich');
        expect(await page.locator('#signature [data-do="picture"]').count()).toBe(0);
        await page.keyboard.press('Control+b');
        await page.keyboard.type('Karim Haddad');
        await page.keyboard.press('Control+b');
        await page.keyboard.press('Enter');
        await page.keyboard.type('Bureau : mardi');
        expect(await faultsInPassing(page, 'a signature with a little formatting')).toEqual([]);
        await page.click('#signature button:has-text("Enregistrer")');
        await page.locator('#signature .rich b:has-text("Karim Haddad")').waitFor();
        await page.goto(`${visits.base}/write`);
        await page.locator('.rich b:has-text("Karim Haddad")').waitFor();
        expect(await page.locator('.rich').innerText()).toMatch(
          /--\s+Karim Haddad\s+Bureau : mardi/,
        );
        const signed = '-- \nKarim Haddad\nBureau : mardi';
        const words = page.locator('textarea[name="text"]');
        expect(await words.inputValue()).toBe(signed);
        // Nobody has written anything: no draft is left behind.
        await page.goto(`${visits.base}/mail/drafts`);
        expect(await page.locator('[data-row]').count()).toBe(0);
        await page.goto(`${visits.base}/write`);
        await page.locator('.rich').waitFor();
        await page.click('[data-do="plain"]');
        await expect.poll(() => words.inputValue()).toBe(signed);
        const put = page.waitForResponse(/\/write\/format$/);
        await page.click('[data-format]');
        await put;
        expect(await page.locator('.rich b').allTextContents()).toEqual(['Karim Haddad']);
        const away = page.waitForResponse(/\/write\/format$/);
        await page.click('[data-format]');
        await away;
        await page.goto(`${visits.base}/write`);
        expect((await words.inputValue()).trim()).toBe(signed);
        expect(await page.locator('[data-format]').getAttribute('data-html')).toBeNull();
      },
    );

    it(
      'is read in Gmail as it was typed, on a computer and on a phone, its picture no wider than fits',
      SOAKED,
      async () => {
        const html = await sentHtml(town, 'Pour le musée');
        const page = await visits.stranger({ isNew: true }); // its empty page obeys none of ours
        for (const [width, widest] of [
          [1280, 600],
          [360, 344],
        ] as const) {
          await page.setViewportSize({ width, height: 640 });
          await page.setContent(asInGmail(html));
          await page.waitForFunction(() => [...document.images].every((one) => one.complete));
          const seen = await page.evaluate(() => ({
            bold: getComputedStyle(document.querySelector('b') as Element).fontWeight,
            items: [...document.querySelectorAll('li')].map((one) => one.textContent),
            dot: getComputedStyle(document.querySelector('li') as Element).listStyleType,
            pictures: [...document.images].map((one) => [one.naturalWidth, one.width]),
          }));
          expect(seen).toEqual({
            bold: '700',
            items: ['du bleu', 'des bouchons'],
            dot: 'disc',
            pictures: [
              [1600, widest],
              [320, 320],
            ],
          });
        }
      },
    );

    it('stands on a phone and in the dark without a fault', SOAKED, async () => {
      const page = await visits.enter('samira.benali', {
        at: '/write',
        viewport: { width: 320, height: 640 },
        colorScheme: 'dark',
      });
      await page.evaluate(() => document.querySelector<HTMLElement>('[data-format]')?.click());
      await page.locator('.rich').waitFor();
      expect(await pageFaults(page, 'formatting on a phone')).toEqual([]);
    });
  },
);

/** Pastes a picture as a screenshot lies in the clipboard: of so many bytes, or these. */
const paste = (page: Page, picture: number | string): Promise<void> =>
  page.evaluate((given) => {
    const bytes =
      typeof given === 'number'
        ? new Uint8Array(given)
        : Uint8Array.from(atob(given), (one) => one.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
    const event = { clipboardData: data, bubbles: true, cancelable: true };
    document.querySelector('.rich')?.dispatchEvent(new ClipboardEvent('paste', event));
  }, picture);

/** The HTML of such a letter as it leaves, with a large picture and a small one in their places. */
async function sentHtml(town: TestTown, subject: string): Promise<string> {
  const { writings } = town.core;
  const claire = await town.viewer('claire.lefevre');
  const words = '<div>Pour <b>vendredi</b> :</div><ul><li>du bleu</li><li>des bouchons</li></ul>';
  const letter = {
    to: [town.address('karim.haddad')],
    cc: [],
    subject,
    text: '',
    answers: 'sender' as const,
    answerTo: null,
  };
  const pictures = [grainyPng(1600, 40), grainyPng(320, 200)].map((bytes, at) => ({
    name: `image-${at}.png`,
    mediaType: 'image/png',
    bytes,
  }));
  const first = await writings.save(
    claire,
    { ...letter, html: words },
    { previous: null, add: pictures, drop: [] },
  );
  const files = (await writings.draft(claire, first.ref))?.attachments ?? [];
  const shown = files.map(({ contentId }) => `<div><img data-cid="${contentId}" alt=""></div>`);
  const { ref } = await writings.save(
    claire,
    { ...letter, html: `${words}${shown.join('')}` },
    { previous: first.ref, add: [], drop: [] },
  );
  const draft = await town.store.read(claire.school, (tx) => messageBytes(tx, claire.account, ref));
  const { html, attachments } = await simpleParser(draft?.raw ?? Buffer.alloc(0));
  return attachments.reduce(
    (all, { cid, content }) =>
      all.replace(`cid:${cid}`, `data:image/png;base64,${content.toString('base64')}`),
    typeof html === 'string' ? html : '',
  );
}

/** In Gmail's pane: its head is left out, its words stand in the service's own type. */
const asInGmail = (html: string): string => `
  <div style="font: small/1.5 Arial, Helvetica, sans-serif; overflow-x: auto; margin: 8px 0 0">
    ${html.replace(/^[\s\S]*<body>|<\/body>[\s\S]*$/g, '')}
  </div>
`;

/** A greeting, a bold day, a list of what to bring, a link, a picture. */
async function typeFresco(page: Page): Promise<void> {
  await page.keyboard.type('Bonjour,');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Pour ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('vendredi');
  await page.keyboard.press('Control+b');
  await page.keyboard.type(' :');
  await page.keyboard.press('Enter');
  await page.keyboard.type('- du bleu');
  await page.keyboard.press('Enter');
  await page.keyboard.type('des bouchons');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Le site');
  for (let at = 0; at < 4; at += 1) await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('musee.example/fresques');
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.click('[data-do="picture"]'),
  ]);
  await chooser.setFiles({
    name: 'esquisse.png',
    mimeType: 'image/png',
    buffer: grainyPng(320, 200),
  });
  await page.fill('[data-says]', 'Un soleil sur la mer');
  await page.keyboard.press('Enter');
  expect(await faultsInPassing(page, 'writing with a little formatting')).toEqual([]);
}

/** Somebody who has never asked for it before. */
async function opensFormat(local: string): Promise<Page> {
  const page = await visits.enter(local, { at: '/write' });
  await page.click('[data-format]');
  await page.locator('.rich').waitFor();
  await page.click('.rich');
  return page;
}

/** Pastes each over all that stands there; what the field holds then. */
const pasted = (page: Page, all: readonly string[]): Promise<string[]> =>
  page.evaluate(async (documents) => {
    const root = document.querySelector('.rich');
    if (root === null) throw new Error('no field');
    const found: string[] = [];
    for (const html of documents) {
      getSelection()?.selectAllChildren(root);
      const data = new DataTransfer();
      data.setData('text/html', html);
      const event = { clipboardData: data, bubbles: true, cancelable: true };
      root.dispatchEvent(new ClipboardEvent('paste', event));
      const before = root.innerHTML;
      // The clipboard gives its words a moment later.
      for (let turn = 0; turn < 4 && root.innerHTML === before; turn += 1)
        await new Promise((go) => setTimeout(go, 1));
      found.push(root.innerHTML);
    }
    return found;
  }, all);

/** What may stand in the field. */
const OURS =
  /<\/?(?:div|b|i|ul|ol|li)>|<br>|<\/a>|<a href="(?:https?:\/\/|mailto:)[^"<>]*"(?: [a-z]+="[^"<>]*")*>/gi;

describe.skipIf(!hasChromium())('what is pasted (skipped where chromium is not installed)', () => {
  it('is made simple, and stays bold: of Word, a web page, a letter, a shared document, a table', async () => {
    const page = await opensFormat('odile.prigent');
    const word =
      '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}' +
      '</style></head><body><p class="MsoNormal"><span style="font-size:14.0pt;color:red">Pour ' +
      '<b>vendredi</b><o:p></o:p></span></p><p class="MsoNormal">Merci</p></body></html>';
    const web =
      '<h1 style="color:blue">Musée</h1><script>alert(1)</script><img src="https://x.example/a.png">' +
      '<ul><li><span style="font-weight:700">jeudi</span></li></ul><a href="https://x.example/">ici</a>';
    const mail =
      '<div dir="ltr" style="font-family:Arial"><div>Bonjour,</div><div><i>à demain</i></div></div>';
    const docs =
      '<b style="font-weight:normal;" id="docs-internal-guid-1"><p style="margin:0pt"><span ' +
      'style="font-weight:700;font-style:normal">Gras</span> maigre <span style="font-weight:400;' +
      'font-style:italic">penché</span></p></b>';
    const table =
      '<table><tr><th>Jour</th><th>Heure</th></tr><tr><td><p class="MsoNormal">lundi</p></td>' +
      '<td><p class="MsoNormal">9 h</p></td></tr></table>';
    const found = (await pasted(page, [word, web, mail, docs, table])).map((html) =>
      html.toLowerCase(),
    );
    expect(found).toEqual([
      '<div>pour <b>vendredi</b></div><div>merci</div>',
      '<div><b>musée</b></div><div><br></div><ul><li><b>jeudi</b></li></ul><div><a href="https://x.example/">ici</a></div>',
      '<div>bonjour,</div><div><i>à demain</i></div>',
      '<div><b>gras</b> maigre <i>penché</i></div>',
      '<div>jour&nbsp;&nbsp; heure</div><div>lundi&nbsp;&nbsp; 9 h</div>',
    ]);
  });

  it.skipIf(!hasCorpora)(
    'runs nothing, fetches nothing and leaves nothing but words, whatever stands in it',
    SOAKED,
    async () => {
      const page = await opensFormat('sylvie.caradec');
      const seen: string[] = [];
      page.on('dialog', (dialog) => {
        seen.push(dialog.message());
        void dialog.dismiss();
      });
      page.on('request', (request) => seen.push(request.url()));
      await page.route('**/write/keep', (route) => route.abort());
      const vectors = hostileHtml();
      const found = await pasted(
        page,
        vectors.map(([, html]) => html),
      );
      for (const [at, html] of found.entries())
        expect(html.replace(OURS, ''), vectors[at]?.[0]).not.toMatch(/[<>]/);
      await page.waitForTimeout(1_000);
      expect(seen.filter((one) => !one.endsWith('/write/keep'))).toEqual([]);
      expect(found.length).toBeGreaterThan(900);
      console.log(`${found.length} documents pasted: 0 scripts, 0 requests`);
    },
  );
});
