/** What is pasted into an adult's formatted letter, in a browser. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasCorpora } from '../../../core/letters/message/testing/corpora.ts';
import { hostileHtml } from '../../../core/letters/message/testing/hostile-html.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openPages } from '../../testing/pages.ts';

const { visits } = await openPages();

/** Somebody who has never asked for it before. */
async function opened(local: string): Promise<Page> {
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
    const page = await opened('claire.lefevre');
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
      const page = await opened('julie.robin');
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
