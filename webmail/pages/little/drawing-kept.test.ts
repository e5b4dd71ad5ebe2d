/** A drawing that is not sent yet, in a real browser: whichever way one leaves, it is there. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { faultsInPassing, targetFaultsEverywhere } from '../../../tests/shared/page-faults.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const TOM = 'tom.moreau';
/** The least that a finger of four years hits. */
const TARGET = 72;
/** Where a PNG says how it holds its colours, and what says: one byte each, by a palette. */
const COLOUR_AT = 24;
const BY_PALETTE = [8, 3];

describe.skipIf(!hasChromium())('a drawing (skipped where chromium is not installed)', () => {
  let town: TestTown;
  let visits: Visits;
  let page: Page;

  beforeAll(async () => {
    town = await openTestTown();
    visits = await openVisits(town, () => town.clock.now);
  });
  beforeEach(async () => {
    const [viewer, rows] = [await town.viewer(TOM), await town.rows(TOM, 'drafts')];
    await town.core.mail.erase(
      viewer,
      await town.mailbox(viewer, 'drafts'),
      rows.map(({ uid }) => uid),
    );
    page = await visits.enter(TOM, { at: '/write?make=draw' });
    await page.click('.face-button >> nth=0');
    await page.waitForURL('**/write/draw**');
  });
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits?.close();
    await town?.close();
  });

  async function stroke(from: number): Promise<void> {
    const box = await page.locator('canvas').nth(1).boundingBox();
    if (box === null) throw new Error('no paper');
    await page.mouse.move(box.x + from, box.y + from);
    await page.mouse.down();
    for (let at = 0; at < 20; at += 1)
      await page.mouse.move(box.x + from + at * 9, box.y + 90 + at);
    await page.mouse.up();
  }
  const drafts = () => town.rows(TOM, 'drafts');
  const isKept = () => page.waitForResponse((answer) => answer.request().method() === 'POST');
  const begun = (): Promise<string | null> => page.getAttribute('.begun img', 'src');

  it('is there at home after the house', async () => {
    await stroke(20);
    await page.click('.homeward');
    await page.waitForURL('**/mail/inbox');
    const [first] = await drafts();
    expect(await begun()).toContain(`/mail/drafts/${first?.uid}/picture/`);
  });

  it('is there at home after the house, is gone on with, and stays one', SOAKED, async () => {
    await stroke(20);
    await page.click('.homeward');
    await page.waitForURL('**/mail/inbox');
    const [first] = await drafts();
    expect(await begun()).toContain(`/mail/drafts/${first?.uid}/picture/`);
    expect(await faultsInPassing(page, 'begun')).toEqual([]);
    const wish = { least: TARGET, within: 'main' };
    expect(await targetFaultsEverywhere(page, 'begun', wish)).toEqual([]);
    await page.click('.begun a');
    await page.waitForURL('**/write/draw?letter=**');
    await page.waitForSelector('[data-before]', { state: 'hidden' });
    const kept = isKept();
    await stroke(60);
    await kept;
    expect(await drafts()).toHaveLength(1);
  });

  it('is there after the browser’s own arrow, and after « Quitter »', SOAKED, async () => {
    const kept = isKept();
    await stroke(20);
    await kept;
    await page.goBack();
    await page.goto(`${visits.base}/mail/inbox`);
    expect(await begun()).toMatch(/picture/);
    await page.goto(`${visits.base}/write?make=draw`);
    await page.click('.face-button >> nth=0');
    await page.waitForURL('**/write/draw**');
    await stroke(40);
    await page.click('.leave');
    await page.waitForURL('**/quit');
    await page.click('form[action="/signout"] button');
    await page.waitForURL((url) => url.pathname !== '/quit');
    expect(await drafts()).toHaveLength(2);
  });

  it('goes with a fresh sheet, and comes back with the arrow of the page', SOAKED, async () => {
    const kept = isKept();
    await stroke(20);
    await kept;
    await page.click('[data-fresh]');
    await expect.poll(drafts, { timeout: 10_000 }).toEqual([]);
    await page.click('[data-undo]');
    await page.click('.homeward');
    await page.waitForURL('**/mail/inbox');
    expect(await begun()).toMatch(/picture/);
  });

  it(
    '« Voilà » shows that it was pressed, asks once, and shows a light picture to be sent',
    SOAKED,
    async () => {
      await stroke(20);
      await page.$eval('.pens .go', (button) => {
        button.addEventListener('click', () =>
          setTimeout(() => {
            sessionStorage['busy'] = button.getAttribute('aria-busy') ?? '';
          }),
        );
      });
      await page.dblclick('.pens .go');
      await page.waitForURL('**/write/letter/**');
      expect(await page.evaluate(() => sessionStorage['busy'] as string)).toBe('true');
      const [draft, ...others] = await drafts();
      expect(others).toEqual([]);
      expect(draft?.attachments).toMatchObject([{ name: 'dessin.png', mediaType: 'image/png' }]);
      const head = await page.evaluate(async () => {
        const shown = document.querySelector<HTMLImageElement>('.shot img')?.src ?? '';
        return Array.from(new Uint8Array(await (await fetch(shown)).arrayBuffer()).slice(0, 40));
      });
      expect(head.slice(COLOUR_AT, COLOUR_AT + 2)).toEqual(BY_PALETTE);
      await page.click('.again .go');
      await page.waitForURL('**/write/sent/**');
      expect(await town.rows('sylvie.caradec')).toMatchObject([{ subject: 'Un dessin' }]);
      await page.goto(`${visits.base}/mail/inbox`);
      expect(await page.locator('.begun').count()).toBe(0);
    },
  );
});
