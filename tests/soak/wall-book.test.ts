/**
 * The wall of a class on the running whole: a little one draws, and gives it; the teacher hangs it
 * up and asks for the book of the year, which the night prints for her, and then for families.
 * Skipped where libfaketime or chromium isn't installed. The night is looked for ten minutes after
 * the start.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { givesDrawing } from '../../webmail/testing/given-drawing.ts';
import { canChooseDay } from '../day.ts';
import { openStory } from '../e2e/story.ts';
import { must } from '../e2e/whole.ts';
import { hasChromium } from '../shared/chromium.ts';
import { axeFaults } from '../shared/page-faults.ts';
import { text } from '../shared/plain/page.ts';

const POLL_MS = 15_000;
const MOST_MS = 20 * 60_000;
const LITTLE = 'tom.moreau';
const [TEACHER, MOTHER] = ['sylvie.caradec', 'karine.moreau'];

describe.skipIf(!hasChromium() || !canChooseDay())('a class at night', () => {
  const story = openStory({ timeZone: 'Europe/Paris', beginsAt: '22:00' });

  it('has its wall, and in the morning its book', { timeout: MOST_MS }, async () => {
    const { whole } = story;
    const tom = await story.enter(LITTLE);
    await givesDrawing(tom, whole.base, draws);
    expect(await axeFaults(tom)).toEqual([]);

    const sylvie = await story.enter(TEACHER);
    await sylvie.goto(`${whole.base}/walls`);
    const before = await sylvie.locator('.strings > li').count();
    await sylvie.click('.tohang button[value=hang] >> nth=-1');
    await sylvie.waitForSelector('text=C’est au mur.');
    expect(await sylvie.locator('.strings > li').count()).toBe(before + 1);
    await sylvie.click('main >> text=Demander le cahier');
    expect(await axeFaults(sylvie)).toEqual([]);

    const link = await printed(sylvie, whole.base);
    const { status, body } = await sylvie.request.get(`${whole.base}${link}`).then(async (got) => ({
      status: got.status(),
      body: await got.body(),
    }));
    expect([status, String(body.subarray(0, 5))]).toEqual([200, '%PDF-']);
    const karine = await story.read(MOTHER);
    const wall = new URL(sylvie.url()).pathname;
    await karine.goto(`${whole.base}${wall}`);
    expect(await text(karine)).not.toContain('Télécharger le cahier');
    await sylvie.check('form.share input[name=families]');
    await sylvie.click('form.share button');
    await karine.reload();
    expect(await text(karine)).toContain('Télécharger le cahier');
    const stranger = await story.read('karim.haddad');
    expect((await stranger.goto(`${whole.base}${link}`))?.status()).toBe(404);
  });

  /** Where the book is to be had, once the night has printed it. */
  async function printed(page: Page, base: string): Promise<string> {
    for (const until = performance.now() + MOST_MS; performance.now() < until;) {
      await page.goto(`${base}/walls`);
      const link = page.locator('main a[download]');
      if ((await link.count()) > 0) return must(await link.getAttribute('href'), 'the book');
      await sleep(POLL_MS);
    }
    throw new Error('no night printed the book');
  }
});

/** A line on the paper of somebody who doesn't read yet. */
async function draws(page: Page): Promise<void> {
  const box = must(await page.locator('canvas').nth(1).boundingBox(), 'the paper');
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  for (let at = 0; at < 20; at += 1) await page.mouse.move(box.x + 40 + at * 9, box.y + 90 + at);
  await page.mouse.up();
}
