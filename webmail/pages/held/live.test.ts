/** The list of what waits, while letters come and others decide. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waveOf } from '../../../core/letters/voice/wave.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

describe.skipIf(!hasChromium())('held mail, live (skipped where chromium is not installed)', () => {
  let town: TestTown;
  let visits: Visits;
  beforeAll(async () => {
    town = await openTestTown();
    await town.admin.query(`update class set moderation = 'all' where school_id = 1`);
    await town.admin.query('update school set roster_version = roster_version + 1');
    visits = await openVisits(town, () => town.clock.now);
  });
  beforeEach(async () => {
    await letGo(0);
    for (const subject of ['Un', 'Deux'])
      await town.receive('camille.arnoux@musee-des-sciences.example', ['lina.moreau'], { subject });
  });
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits?.close();
    await town?.close();
  });

  /** Claire lets go what waits, from the one that stands there on. */
  async function letGo(from: number, most = 99): Promise<void> {
    const claire = await town.viewer('claire.lefevre');
    const waiting = await town.core.moderation.waiting(claire);
    const holds = waiting.slice(from, from + most).map(({ school, id }) => ({ school, hold: id }));
    await town.core.moderation.decide(claire, holds, { kind: 'release' });
  }
  const letters = (page: Page) => page.locator('#list .held');
  const inFocus = (page: Page): Promise<string | undefined> =>
    page.evaluate(() => {
      const one = document.activeElement;
      const letter = one?.closest('.held')?.querySelector('blockquote b')?.textContent;
      return `${one?.tagName} ${letter}`;
    });

  it('keeps open what stood open, and the focus, as a letter comes and as another goes', async () => {
    const page = await visits.enter('claire.lefevre', { at: '/held' });
    const second = letters(page).nth(1);
    await second.locator('summary').click();
    await second.locator('.give-back button').focus();
    await town.send('noe.garnier', ['ines.carvalho'], { subject: 'Trois' });
    await expect.poll(() => letters(page).count()).toBe(3);
    expect(await inFocus(page)).toBe('BUTTON Deux');
    await letGo(0, 1);
    await expect.poll(() => letters(page).count()).toBe(2);
    expect(await inFocus(page)).toBe('BUTTON Deux');
    expect(await letters(page).first().locator('details[open]').count()).toBe(1);
    await letGo(0, 1);
    await expect.poll(() => letters(page).count()).toBe(1);
    expect(await inFocus(page)).toBe('H2 Trois');
  });

  it('lets a sound go on as a letter comes, and keeps where one stopped', async () => {
    const file = {
      name: 'comptine.wav',
      mediaType: 'audio/wav',
      bytes: waveOf(new Int16Array(400_000)),
    };
    await town.send('noe.garnier', ['ines.carvalho'], { subject: 'Écoute', file });
    const page = await visits.enter('claire.lefevre', { at: '/held' });
    const sound = page.locator('#list audio');
    await page.click('h1');
    await sound.evaluate((one: HTMLAudioElement) => one.play());
    await town.send('noe.garnier', ['ines.carvalho'], { subject: 'Trois' });
    await expect.poll(() => letters(page).count()).toBe(4);
    await expect
      .poll(() => sound.evaluate((one: HTMLAudioElement) => one.currentTime))
      .toBeGreaterThan(0.5);
    expect(await sound.evaluate((one: HTMLAudioElement) => one.paused)).toBe(false);
    const at = await sound.evaluate((one: HTMLAudioElement) => {
      one.pause();
      return one.currentTime;
    });
    await letGo(3);
    await expect.poll(() => letters(page).count()).toBe(3);
    expect(await sound.evaluate((one: HTMLAudioElement) => one.currentTime)).toBe(at);
  });

  it('keeps open to a head what waits for the teachers first', SOAKED, async () => {
    const page = await visits.enter('mamadou.diallo', { at: '/held' });
    await page.click('.others summary');
    await letters(page).nth(1).locator('h2').focus();
    await letGo(0, 1);
    await expect.poll(() => letters(page).count()).toBe(1);
    expect(await page.locator('.others[open]').count()).toBe(1);
    expect(await inFocus(page)).toBe('H2 Deux');
  });
});
