/**
 * Ten everyday acts, done in Chromium on the running whole as a practised person does them, on a
 * slow school PC (6x slower processor, 1.6 Mbit/s, 150 ms): how many clicks and keys, typed words
 * left out, and how many seconds until the page shows that it is done, without the time of the
 * fingers. Printed as the README's table.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openYard, type BrowserYard } from '../e2e/browser.ts';
import { startWhole, type Whole } from '../e2e/whole.ts';
import { hasChromium } from '../shared/chromium.ts';
import { slowDown } from '../shared/slow-computer.ts';

/** Somebody at a slow PC who counts what they press. */
interface Hand {
  readonly page: Page;
  click(selector: string): Promise<void>;
  press(key: string): Promise<void>;
  /** Words, which are as many anywhere, aren’t counted; the click into their field is. */
  type(selector: string, words: string): Promise<void>;
  /** The act is done once this is there. */
  see(selector: string): Promise<void>;
}

interface Act {
  readonly what: string;
  readonly who: string;
  readonly from: string;
  /** Clicks and keys that it may take. */
  readonly most: number;
  act(hand: Hand): Promise<void>;
}

/** A letter to one of those that « Vite » offers. */
const writesTo =
  (nth: number, subject: string, text: string): Act['act'] =>
  async ({ click, type, see }) => {
    await click('.places a[href="/write"]');
    await click(`[data-quick] >> nth=${nth}`);
    await type('[name="subject"]', subject);
    await type('[data-write] [name="text"]', text);
    await click('[data-send]');
    await see('.toast');
  };

const ACTS: readonly Act[] = [
  {
    what: 'read the newest message',
    who: 'claire.lefevre',
    from: '/mail/inbox',
    most: 1,
    async act({ click, see }) {
      await click('#list .msg');
      await see('.reading .paper, .reading #letter');
    },
  },
  {
    what: 'answer the message that is open',
    who: 'claire.lefevre',
    from: '/mail/inbox >',
    most: 2,
    async act({ click, type, see }) {
      await type('#rp', 'Entendu, merci.');
      await click('.answer button.main, .answer >> text=Envoyer');
      await see('.toast');
    },
  },
  {
    what: 'archive three messages, and take it back',
    who: 'claire.lefevre',
    from: '/mail/inbox',
    most: 5,
    async act({ page, click, see }) {
      const rows = await page.locator('#list [data-row]').count();
      for (const nth of [0, 1, 2]) {
        await page.hover(`#list [data-row] >> nth=${nth}`);
        await click(`#list .pick >> nth=${nth}`);
      }
      await click('button[form="pick"][value="archive"]');
      await click('[data-undo]');
      await see(`#list [data-row] >> nth=${rows - 1}`);
    },
  },
  {
    what: 'find a letter of the museum',
    who: 'claire.lefevre',
    from: '/mail/inbox',
    most: 1,
    async act({ type, see }) {
      await type('#q', 'musee');
      await see('mark');
    },
  },
  {
    what: 'write to the whole class',
    who: 'claire.lefevre',
    from: '/mail/inbox',
    most: 5,
    act: writesTo(0, 'Piscine jeudi', 'Pensez au bonnet.'),
  },
  {
    what: 'write to the families of the class',
    who: 'claire.lefevre',
    from: '/mail/inbox',
    most: 5,
    act: writesTo(1, 'Réunion', 'Mardi à 18 h.'),
  },
  {
    what: 'let a held message go',
    who: 'claire.lefevre',
    from: '/mail/inbox',
    most: 2,
    async act({ click, see }) {
      await click('.goto a[href="/held"]');
      await click('main >> text=Laisser partir >> nth=0');
      await see('main [role="status"], .toast');
    },
  },
  {
    what: 'a pupil reads the newest message',
    who: 'lina.moreau',
    from: '/mail/inbox',
    most: 1,
    async act({ click, see }) {
      await click('.msgs .msg');
      await see('#letter, .paper');
    },
  },
  {
    what: 'a pupil writes to a classmate',
    who: 'lina.moreau',
    from: '/mail/inbox',
    most: 4,
    async act({ click, type, see }) {
      await click('.places a[href="/write"]');
      await click('label:has-text("Noé")');
      await type('[name="text"]', 'Tu viens jouer ?');
      await click('[data-send]');
      await see('.toast');
    },
  },
  {
    what: 'a head moves a pupil to another class',
    who: 'mamadou.diallo',
    from: '/school/1',
    most: 4,
    async act({ page, press, see }) {
      await page.focus('.col:has-text("CE1 A") .grip >> nth=0');
      await press('Enter');
      await press('ArrowRight');
      await press('Enter');
      await see('.bar:has-text(" : en ")');
    },
  },
];

let whole: Whole;
let yard: BrowserYard;

describe.skipIf(!hasChromium())(
  'ten everyday acts (skipped where chromium is not installed)',
  () => {
    beforeAll(async () => {
      whole = await startWhole();
      yard = await openYard(whole.base);
    });
    afterAll(async () => {
      await yard?.close();
      await whole?.stop();
    });

    it('take few clicks, and little time on a slow PC', async () => {
      const lines: string[] = [];
      const over: string[] = [];
      for (const one of ACTS) {
        const { presses, seconds } = await measured(one);
        lines.push(`| ${one.what} | ${presses} | ${seconds.toFixed(1)} |`);
        if (presses > one.most) over.push(`${one.what}: ${presses}, at most ${one.most}`);
      }
      console.log(['| act | clicks and keys | seconds |', '|---|---|---|', ...lines].join('\n'));
      expect(over).toEqual([]);
    });
  },
);

/** Does an act from its page, which is loaded and at rest before the counting begins. */
async function measured(one: Act): Promise<{ readonly presses: number; readonly seconds: number }> {
  const { page, context } = await yard.enter(whole.account(one.who));
  const wire = await context.newCDPSession(page);
  await page.goto(`${whole.base}${one.from.replace(' >', '')}`);
  if (one.from.endsWith('>')) {
    // In the evening a notice that nobody can answer stands above it.
    await page.click('#list .msg:has-text("Samira Benali")');
    await page.waitForSelector('.answer');
  }
  await page.waitForLoadState();
  await slowDown(wire);
  let presses = 0;
  const count =
    <Args extends readonly unknown[]>(act: (...args: Args) => Promise<unknown>) =>
    async (...args: Args): Promise<void> => {
      presses += 1;
      await act(...args);
    };
  const begun = performance.now();
  await one.act({
    page,
    click: count((selector) => page.click(selector)),
    press: count((key) => page.keyboard.press(key)),
    async type(selector, words) {
      const field = page.locator(selector);
      if (!(await field.evaluate((one) => one === document.activeElement))) presses += 1;
      await field.fill(words);
    },
    see: async (selector) => void (await page.waitForSelector(selector)),
  });
  const seconds = (performance.now() - begun) / 1_000;
  await context.close();
  return { presses, seconds };
}
