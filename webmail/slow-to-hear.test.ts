/** News of mail, on a page whose line for them is there late. */
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { hasChromium } from '../tests/shared/chromium.ts';
import { SOAKED } from '../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../tests/shared/town.ts';
import { openVisits, type Visits } from './testing/visits.ts';

describe.skipIf(!hasChromium())('news (skipped where chromium is not installed)', () => {
  let town: TestTown;
  let visits: Visits;

  beforeAll(async () => {
    town = await openTestTown();
    visits = await openVisits(town, () => town.clock.now);
  });
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits?.close();
    await town?.close();
  });

  it('a page that is slow to hear shows what came meanwhile', SOAKED, async () => {
    const page = await visits.enter('bilal.ziani');
    const came = Promise.withResolvers<void>();
    await page.route('**/events', async (route) => {
      await came.promise;
      await route.continue();
    });
    await page.reload();
    await town.send('clara.nguyen', ['bilal.ziani'], { subject: 'Pendant ce temps' });
    await page.waitForFunction(() => performance.now() > 1_000);
    came.resolve();
    await page.waitForSelector('.new:has-text("Pendant ce temps")');
    await page.unrouteAll();
  });
});
