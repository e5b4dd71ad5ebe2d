/** Files of a letter where they stand: a PDF in the page, an appointment as a card, a film. */
import PDFDocument from 'pdfkit';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  hasChromium,
  hasWholeChromium,
  launchWholeChromium,
} from '../../../tests/shared/chromium.ts';
import { axeFaults, pageFaults } from '../../../tests/shared/page-faults.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { TownLetter } from '../../../tests/shared/town.ts';
import { SESSION_COOKIE } from '../../http/guard.ts';
import { openTownPages } from '../../testing/served.ts';
import { openVisits } from '../../testing/visits.ts';

const INSPECTION = 'inspection@exemple.fr';
const SCRIPT = '<< /S /JavaScript /JS (this.submitForm\\({cURL: "https://a.example/"}\\)) >>';
const EVENT = [
  'BEGIN:VCALENDAR',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'DTSTART;TZID=Europe/Paris:20261201T140000',
  'DTEND;TZID=Europe/Paris:20261201T153000',
  'SUMMARY:Conseil <b>d’école</b>',
  'LOCATION:Salle des maîtres',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

const { town, enter, newest } = await openTownPages();

/** A page as a program writes it, with a link where one is asked for. */
async function written(link: string | null): Promise<Buffer> {
  const page = new PDFDocument();
  const pieces: Buffer[] = [];
  page.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = new Promise((resolve) => page.on('end', resolve));
  page.text('Sortie au musée', link === null ? {} : { link }).end();
  await ended;
  return Buffer.concat(pieces);
}

/** Brings Claire a letter with a file; where it stands. */
async function brought(file: TownLetter['file']): Promise<string> {
  const outcome = await town.receive(INSPECTION, ['claire.lefevre'], { text: 'Voici.', file });
  expect(outcome.kind).toBe('accepted');
  return newest('claire.lefevre');
}
const pdf = async (bytes: Buffer | Promise<Buffer>) =>
  brought({ name: 'sortie.pdf', bytes: await bytes, mediaType: 'application/pdf' });

describe('a PDF', () => {
  it('opens in a page of ours, under a policy of its own, and is fetched beside it', async () => {
    const claire = await enter('claire.lefevre');
    const at = await pdf(written('https://musee.example/'));
    const letter = (await claire.get(at)).body;
    expect(letter).toContain(`href="${at}/pdf/2"`);
    expect(letter).toContain(`href="${at}/file/2"`);
    const page = await claire.get(`${at}/pdf/2`);
    expect(page.body).toContain(`<object data="${at}/pdf/2/inside" type="application/pdf"`);
    expect(page.body).toContain('Ce fichier ne s’ouvre pas ici.');
    expect(page.headers['content-security-policy']).toContain("object-src 'self'");
    const inside = await claire.get(`${at}/pdf/2/inside`);
    expect(inside.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
    });
    const policy = String(inside.headers['content-security-policy']).split('; ');
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "form-action 'none'"]));
    expect(policy.filter((one) => /script|connect|https?:|\*/.test(one))).toEqual([]);
  });

  it('that acts is said to, and stands in no page', async () => {
    const claire = await enter('claire.lefevre');
    const at = await pdf(Buffer.from(`%PDF-1.4\n${SCRIPT}`));
    const page = await claire.get(`${at}/pdf/2`);
    expect(page.body).not.toContain('<object');
    expect(page.body).toContain('Ce fichier fait plus que se lire');
    expect((await claire.get(`${at}/pdf/2/inside`)).statusCode).toBe(404);
    expect((await claire.get(`${at}/file/2`)).statusCode).toBe(200);
  });

  it('shows its pages as pictures, one by one, with their words, whatever else it does; a child too', async () => {
    const claire = await enter('claire.lefevre');
    const at = await pdf(written('https://musee.example/'));
    expect((await claire.get(`${at}/pdf/2`)).body).toContain(`href="${at}/pdf/2/pages"`);
    const page = await claire.get(`${at}/pdf/2/pages`);
    expect(page.body).toContain(`src="${at}/pdf/2/picture?page=1"`);
    expect(page.body).toContain('Page 1 sur 1, sortie.pdf');
    expect(page.body).toContain('Sortie au musée');
    expect(page.body).toContain(`href="${at}/file/2" download`);
    expect(page.body).not.toContain('musee.example');
    const picture = await claire.get(`${at}/pdf/2/picture?page=1`);
    expect(picture.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'no-store',
      'content-disposition': expect.stringMatching(/^inline/),
    });
    for (const wrong of ['pages?page=2', 'pages?page=x', 'picture?page=2', 'picture?page=-1'])
      expect((await claire.get(`${at}/pdf/2/${wrong}`)).statusCode, wrong).toBe(404);

    const acts = await pdf(Buffer.from(`%PDF-1.4\n${SCRIPT}`));
    expect((await claire.get(`${acts}/pdf/2/pages`)).body).toContain(
      'ne peuvent pas être montrées',
    );
    const julie = await enter('julie.robin');
    for (const path of ['pages', 'picture'])
      expect((await julie.get(`${at}/pdf/2/${path}`)).statusCode).toBe(404);

    const file = { name: 'a.pdf', bytes: await written('https://musee.example/') };
    await town.send('claire.lefevre', [town.address('lina.moreau')], { file });
    const lina = await enter('lina.moreau');
    const mine = await newest('lina.moreau');
    expect((await lina.get(`${mine}/pdf/2/picture`)).statusCode).toBe(200);
    expect((await lina.get(`${mine}/pdf/2/pages`)).body).toContain('Page 1 sur 1');
  });

  it('with a link stands in no child’s page; another’s is not there', async () => {
    for (const [link, status] of [
      [null, 200],
      ['https://musee.example/', 404],
    ] as const) {
      const file = { name: 'a.pdf', bytes: await written(link) };
      await town.send('claire.lefevre', [town.address('lina.moreau')], { file });
      const lina = await enter('lina.moreau');
      const at = await newest('lina.moreau');
      expect((await lina.get(`${at}/pdf/2/inside`)).statusCode).toBe(status);
    }
    const julie = await enter('julie.robin');
    const at = await pdf(written(null));
    for (const path of [`${at}/pdf/2`, `${at}/pdf/2/inside`, `${at}/pdf/1`])
      expect((await julie.get(path)).statusCode).toBe(404);
  });
});

it('an appointment is a card that says what, when and where; nothing of it is markup', async () => {
  const claire = await enter('claire.lefevre');
  const bytes = Buffer.from(EVENT);
  const at = await brought({ name: 'invite.ics', bytes, mediaType: 'text/calendar' });
  const { body } = await claire.get(at);
  expect(body).toMatch(/<section class="event"/);
  expect(body).toContain('Conseil &lt;b&gt;d’école&lt;/b&gt;');
  expect(body).toContain('mardi 1er décembre à 14\u00a0h, jusqu’à 15\u00a0h\u00a030');
  expect(body).toContain('Salle des maîtres');
  expect(body).toContain(`href="${at}/file/2"`);
});

it('a film is seen where it stands, and by no other address than its own', async () => {
  const claire = await enter('claire.lefevre');
  const head = '\0\0\0\x18ftypmp42\0\0\0\0mp42isom';
  const bytes = Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(2_000)]);
  const at = await brought({ name: 'film.mp4', bytes, mediaType: 'video/mp4' });
  expect((await claire.get(at)).body).toMatch(/<video[^>]* src="[^"]+\/film\/2"/);
  const film = await claire.get(`${at}/film/2`, { range: 'bytes=0-3' });
  expect([film.statusCode, film.headers['content-type']]).toEqual([206, 'video/mp4']);
  expect((await claire.get(`${at}/sound/2`)).statusCode).toBe(404);
});

describe.skipIf(!hasChromium())('a browser without a viewer (skipped without one)', () => {
  const opened = openVisits(town);
  afterAll(async () => (await opened).close());

  it('is shown the pages at once', async () => {
    const visits = await opened;
    const at = await pdf(written(null));
    const page = await visits.enter('claire.lefevre', { at: `${at}/pdf/2` });
    await page.waitForURL('**/pdf/2/pages');
    await page.waitForFunction(
      () => document.querySelector<HTMLImageElement>('.leaf')?.naturalWidth === 1_100,
    );
    await visits.leave();
  });

  it('goes back from the pages to the letter', SOAKED, async () => {
    const visits = await opened;
    const at = await pdf(written(null));
    const page = await visits.enter('claire.lefevre', { at });
    await page.click(`a[href="${at}/pdf/2"]`);
    await page.waitForURL('**/pdf/2/pages');
    await page.goBack();
    await page.waitForURL(`**${at}`);
    await visits.leave();
  });

  it('is led to the pages by a link without script; they fit', SOAKED, async () => {
    const visits = await opened;
    const at = await pdf(written(null));
    const plain = await visits.enter('claire.lefevre', {
      at: `${at}/pdf/2`,
      javaScriptEnabled: false,
    });
    await plain.click('object a:has-text("Voir les pages")');
    await plain.waitForURL('**/pdf/2/pages');
    const page = await visits.enter('claire.lefevre', { at: `${at}/pdf/2/pages` });
    expect(await pageFaults(page, 'pdf-pages')).toEqual([]);
    expect(await axeFaults(page)).toEqual([]);
    await visits.leave();
  });
});

describe.skipIf(!hasWholeChromium())('the viewer of a browser (skipped without one)', () => {
  // In `npm test` stands what it obeys: its policy, and that what acts is in no page.
  it('shows it, and asks nobody else for anything, whatever it holds', SOAKED, async () => {
    const [visits, browser] = [await openVisits(town), await launchWholeChromium()];
    onTestFinished(async () => {
      await browser.close();
      await visits.close();
    });
    const { base } = visits;
    const context = await browser.newContext();
    const page = await context.newPage();
    const out: string[] = [];
    context.on('request', (request) => {
      const url = request.url();
      // the viewer's own parts come from the browser itself
      if (!url.startsWith(base) && !/^chrome(?:-extension)?:/.test(url)) out.push(url);
    });
    const wire = await context.newCDPSession(page);
    const claire = await town.enter(await town.viewer('claire.lefevre'));
    const cookie = { name: SESSION_COOKIE, value: claire, path: '/', secure: true };
    await wire.send('Network.setCookie', { ...cookie, url: base, httpOnly: true });
    const hostile = `<< /OpenAction ${SCRIPT} /AA << /O ${SCRIPT} >> >>`;
    for (const bytes of [
      await written('https://musee.example/'),
      Buffer.from(`%PDF-1.4\n${hostile}`),
    ]) {
      const at = await pdf(bytes);
      await page.goto(`${base}${at}/pdf/2`);
      const shown = page.locator('object');
      if ((await shown.count()) === 0) continue;
      await expect
        .poll(() => page.frames().some((frame) => frame.url().startsWith('chrome-extension:')))
        .toBe(true);
    }
    expect(out).toEqual([]);
  });
});
