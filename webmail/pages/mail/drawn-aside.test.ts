/** A finger on the rows of a list: what is drawn aside, what only scrolls, and the ways without. */
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { faultsInPassing } from '../../../tests/shared/page-faults.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, uidsOf, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const WHO = 'claire.lefevre';
const LETTERS = 4;

describe.skipIf(!hasChromium())('a phone (skipped where chromium is not installed)', () => {
  let town: TestTown;
  let visits: Visits;
  let page: Page;
  let wire: CDPSession;

  beforeAll(async () => {
    town = await openTestTown();
    visits = await openVisits(town, () => town.clock.now);
  });
  beforeEach(async () => {
    for (let n = 1; n <= LETTERS; n += 1)
      await town.send('mamadou.diallo', [WHO], { subject: `Mot ${n}`, text: 'Le car.' });
    page = await visits.enter(WHO, PHONE);
    wire = await page.context().newCDPSession(page);
  });
  afterEach(async () => {
    await visits.leave();
    const viewer = await town.viewer(WHO);
    for (const use of ['inbox', 'archive'] as const) {
      const place = await town.mailbox(viewer, use);
      await town.core.mail.move(viewer, place, {
        uids: uidsOf(await town.rows(WHO, use)),
        to: 'trash',
      });
    }
  });
  afterAll(async () => {
    await visits?.close();
    await town?.close();
  });

  const subjects = () => page.locator('.msg .subj').allTextContents();
  const first = () => page.locator('.rows > [data-row] >> nth=0');

  /** A finger that goes by these ways from the middle of the first row, and is lifted or stays. */
  async function finger(
    ways: readonly (readonly [across: number, down: number])[],
    { from = 0.5, lifts = true, restsMs = 0 } = {},
  ): Promise<void> {
    const box = (await first().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    let [x, y] = [box.x + box.width * from, box.y + box.height / 2];
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd') =>
      wire.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
      });
    await touch('touchStart');
    for (const [across, down] of ways)
      for (let step = 0; step < 8; step += 1) {
        [x, y] = [x + across / 8, y + down / 8];
        await touch('touchMove');
        // As fast as a thumb goes.
        await page.waitForTimeout(16);
      }
    await page.waitForTimeout(restsMs);
    if (lifts) await touch('touchEnd');
  }

  it('archives the row that is drawn to the left, and the toast takes it back', async () => {
    const [newest] = await subjects();
    await finger([[-180, 4]]);
    await page.waitForSelector('.toast');
    expect(await page.textContent('.toast span')).toBe('1 conversation archivée.');
    expect(await subjects()).not.toContain(newest);
    expect((await town.rows(WHO, 'archive')).map(({ subject }) => subject)).toEqual([newest]);
    expect(new URL(page.url()).pathname).toBe('/mail/inbox');
    expect(await faultsInPassing(page, 'drawn-aside')).toEqual([]);
    await page.tap('[data-undo]');
    await page.waitForFunction(
      (count) => document.querySelectorAll('.msg').length === count,
      LETTERS,
    );
    expect((await subjects())[0]).toBe(newest);
    expect(await town.rows(WHO, 'archive')).toEqual([]);
  });

  it(
    'marks read what is drawn to the right, and unread once more; its words say which',
    SOAKED,
    async () => {
      const words = async (): Promise<string> => {
        await finger([[150, 0]], { lifts: false });
        const said = (await page.textContent('.counts > .below'))?.trim() ?? '';
        await wire.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
        return said;
      };
      expect(await words()).toBe('Lu');
      await expect.poll(async () => (await town.rows(WHO)).find(({ seen }) => seen)).toBeDefined();
      await page.waitForSelector('.rows > [data-row]:not(.new):not(.drawn)');
      expect(await words()).toBe('Non lu');
      await expect.poll(async () => (await town.rows(WHO)).every(({ seen }) => !seen)).toBe(true);
      await page.waitForSelector('.toast [data-undo]');
    },
  );

  const NOTHING = [
    {
      when: 'a list that is scrolled',
      ways: [
        [-12, -90],
        [-160, -200],
      ],
      from: 0.5,
    },
    { when: 'a finger that goes slanting', ways: [[-90, 80]], from: 0.5 },
    {
      when: 'a row that is brought back',
      ways: [
        [-200, 0],
        [185, 0],
      ],
      from: 0.5,
    },
    { when: 'less than counts', ways: [[-80, 0]], from: 0.5 },
    { when: 'the edge, where phones go back', ways: [[200, 0]], from: 0.02 },
  ] as const;
  it.each(NOTHING)('does nothing for $when', SOAKED, doesNothing);

  async function doesNothing({ ways, from }: (typeof NOTHING)[number]): Promise<void> {
    const before = await subjects();
    // A browser takes a touch after a throw for a stop: this finger rests first.
    await finger(ways, { from, restsMs: 150 });
    await page.waitForTimeout(400);
    expect(await page.locator('.toast, .drawn, .below').count()).toBe(0);
    expect(await subjects()).toEqual(before);
    expect((await town.rows(WHO)).every(({ seen }) => !seen)).toBe(true);
    expect(new URL(page.url()).pathname).toBe('/mail/inbox');
    await page.tap('.msg');
    await page.waitForURL(/\/mail\/inbox\/\d+$/);
  }

  it(
    'leaves rows to whoever chooses some, and to a mouse, which draws them into folders',
    SOAKED,
    async () => {
      await page.tap('.pick', { force: true });
      await page.waitForSelector('.list.picking');
      await finger([[-200, 0]], { from: 0.6, restsMs: 150 });
      expect(await page.locator('.below').count()).toBe(0);
      await page.tap('.chosen button[value="archive"]');
      await page.waitForSelector('.toast');
      expect(await town.rows(WHO, 'archive')).toHaveLength(1);
    },
  );
});
