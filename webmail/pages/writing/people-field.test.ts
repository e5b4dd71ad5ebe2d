/** The field of recipients while its answers are on their way. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

interface Slow {
  readonly page: Page;
  readonly answer: () => void;
}

describe.skipIf(!hasChromium())('recipients (skipped where chromium is not installed)', () => {
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

  /** A writing page whose questions about addresses are answered by `answer` alone. */
  async function slow(way: 'continue' | 'abort'): Promise<Slow> {
    const page = await visits.enter('claire.lefevre', { at: '/write' });
    const { promise: waits, resolve: answer } = Promise.withResolvers<void>();
    await page.route('**/write/people', async (route) => {
      const isAbout = new URLSearchParams(route.request().postData() ?? '').has('pasted');
      if (isAbout) await waits;
      await (isAbout ? route[way]() : route.continue());
    });
    return { page, answer };
  }

  it('leaves the next name that is typed while an address becomes a chip', async () => {
    const { page, answer } = await slow('continue');
    await page.type('#f', 'musee@exemple.fr, mama');
    answer();
    await page.waitForSelector('[data-chips] [value="musee@exemple.fr"]', { state: 'attached' });
    expect(await page.inputValue('#f')).toBe('mama');
    await page.waitForSelector('.sug .opt:has-text("Diallo")');
    await page.press('#f', 'Enter');
    await page.waitForSelector(`[data-chips] [value="${town.address('mamadou.diallo')}"]`, {
      state: 'attached',
    });
  });

  const pastes = sliced(2, [
    { way: 'continue', left: 'Monsieur Inconnu mama' },
    { way: 'abort', left: 'musee@exemple.fr, Monsieur Inconnu mama' },
  ] as const);
  it.each(pastes.some)('leaves what is typed beside a paste: $way', leavesTyped);
  it.each(pastes.rest)('leaves what is typed beside a paste: $way', SOAKED, leavesTyped);

  async function leavesTyped({ way, left }: (typeof pastes.some)[number]): Promise<void> {
    const { page, answer } = await slow(way);
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text', 'musee@exemple.fr, Monsieur Inconnu');
      document
        .getElementById('f')
        ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, cancelable: true }));
    });
    await page.type('#f', 'mama');
    answer();
    await expect.poll(() => page.inputValue('#f')).toBe(left);
  }
});
