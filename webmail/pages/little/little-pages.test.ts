/** The pages of those who don't read yet, in a real browser. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ESPEAK } from '../../../core/letters/voice/testing/espeak.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults, targetFaultsEverywhere } from '../../../tests/shared/page-faults.ts';
import type { AnyPage, PlainPage } from '../../../tests/shared/plain/page.ts';
import { showInBrowser } from '../../../tests/shared/plain/shown.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { watchBlobAddresses } from '../../testing/blob-addresses.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const TOM = 'tom.moreau';
/** The least that a finger of four years hits. */
const TARGET = 72;
/** Everything of a first visit. */
const FIRST_BYTES = 40_000;

describe.skipIf(!hasChromium())('large pictures (skipped where chromium is not installed)', () => {
  let town: TestTown;
  let visits: Visits;

  beforeAll(async () => {
    town = await openTestTown({ env: { PREAU_VOICE: ESPEAK } });
    const text = 'Demain, nous allons voir la mer. Mets tes bottes !';
    await town.send('lila.ziani', [TOM], { subject: '', text: 'Coucou Tom !', via: 'web' });
    await town.send('sylvie.caradec', [TOM], { subject: 'La mer', text, via: 'web' });
    visits = await openVisits(town, () => town.clock.now);
  });
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits.close();
    await town.close();
  });

  const letterOf = async (page: AnyPage): Promise<void> => {
    await page.goto(`${visits.base}/mail/inbox`);
    await page.click('.open >> nth=0');
    await page.waitForSelector('#letter');
  };

  it('fit every screen, have nothing to press under 72 px, and are no burden to a screen reader', async () => {
    expect(await faultsOf(await visits.read(TOM), 'little-home')).toEqual([]);
  });

  it('so do a letter and what is said once help was called', SOAKED, async () => {
    const page = await visits.read(TOM);
    const faults: string[] = [];
    await letterOf(page);
    faults.push(...(await faultsOf(page, 'little-letter')));
    await page.click('form[action$="/report"] button');
    await page.waitForSelector('.envelope');
    faults.push(...(await faultsOf(page, 'little-helped')));
    expect(faults).toEqual([]);
    await page.click('form[action$="/undo"] button');
    await page.waitForSelector('#letter');
  });

  it(
    'read aloud by no voice that would send the letter away, until the next touch',
    SOAKED,
    async () => {
      const page = await visits.enter(TOM);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await page.addInitScript(() => {
        const far = { localService: false, lang: 'fr-FR', name: 'far', default: true };
        speechSynthesis.getVoices = () => [{ ...far, voiceURI: 'https://voice.example' }];
        speechSynthesis.speak = () => {
          throw new Error('a voice of the network was asked');
        };
      });
      await letterOf(page);
      await page.click('.ear.huge');
      const lit = await page.waitForFunction(() => document.querySelector('.now')?.textContent);
      expect(await lit.jsonValue()).toMatch(/^(La|mer)$/);
      await page.click('.ear.huge');
      expect(await page.getAttribute('.ear.huge', 'aria-pressed')).toBeNull();
      await page.click('[data-name]');
      await page.waitForFunction(
        () => document.querySelector('[data-name][aria-pressed]') === null,
      );
      expect(asked).toContain('/says');
    },
  );

  it('read aloud, and light the word; say a phrase at the first touch, choose it at the next', async () => {
    const page = await visits.enter(TOM);
    await page.click('.open >> nth=0');
    await page.waitForSelector('#letter');
    const letter = page.url();
    await page.click('.ear.huge');
    const lit = await page.waitForFunction(() => document.querySelector('.now')?.textContent);
    expect(await lit.jsonValue()).toMatch(/^(La|mer)$/);
    await page.click('.ear.huge');
    expect(await page.getAttribute('.ear.huge', 'aria-pressed')).toBeNull();
    const said = page.waitForRequest((one) => one.url().endsWith('/says'));
    await page.click('.say[value="merci"]');
    await said;
    expect(page.url()).toBe(letter);
    await page.click('.say[value="merci"]');
    await page.waitForURL('**/write/letter/**');
  });

  it(
    'hold no name once it was said, and say none that was touched again meanwhile',
    SOAKED,
    async () => {
      const page = await visits.enter(TOM);
      await letterOf(page);
      const addresses = await watchBlobAddresses(page);
      await page.click('[data-name]');
      await page.waitForFunction(
        () => document.querySelector('[data-name][aria-pressed]') === null,
      );
      await expect.poll(addresses).toEqual({ made: true, held: 0 });
      const { promise: waits, resolve: answer } = Promise.withResolvers<void>();
      await page.route('**/says', async (route) => {
        await waits;
        await route.continue();
      });
      await page.click('[data-name]');
      await page.click('[data-name]');
      const said = page.waitForResponse('**/says');
      answer();
      await (await said).finished();
      expect(await page.getAttribute('[data-name]', 'aria-pressed')).toBeNull();
      expect(await addresses()).toEqual({ made: true, held: 0 });
    },
  );

  it(
    'choose the phrase that was touched last; a letter heard to its end lies open',
    SOAKED,
    async () => {
      const page = await visits.enter(TOM);
      await page.click('.letters .ear >> nth=1');
      await page.waitForURL(/\/mail\/inbox\/\d+$/, { timeout: 30_000 });
      const letter = page.url();
      const said = page.waitForRequest((one) => one.url().endsWith('/says'));
      await page.click('.say[value="merci"]');
      await said;
      await page.click('.say[value="coucou"]');
      expect(page.url()).toBe(letter);
      expect(await page.locator('[data-heard]').getAttribute('value')).toBe('coucou');
      await page.click('.say[value="coucou"]');
      await page.waitForURL('**/write/letter/**');
    },
  );

  it('ask before one leaves, by a door and a house', async () => {
    const page = await visits.read(TOM);
    await page.click('.leave');
    expect(await faultsOf(page, 'little-quit')).toEqual([]);
    await page.click('.ways-out a');
    await page.waitForSelector('#letters');
    await page.click('.leave');
    await page.click('.ways-out button');
    expect((await page.textContent('body')) ?? '').not.toContain('Bonjour Tom');
  });

  it('weigh little at a first visit', async () => {
    const page = await visits.stranger();
    const wire = await page.context().newCDPSession(page);
    await wire.send('Network.enable');
    let bytes = 0;
    wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const value = await town.enter(await town.viewer(TOM));
    await page.context().setExtraHTTPHeaders({ cookie: `__Host-preau=${value}` });
    await page.goto(`${visits.base}/mail/inbox`);
    await page.waitForLoadState('load');
    expect(await page.locator('.letters').count()).toBe(1);
    console.log(JSON.stringify({ figure: 'little_weight', bytes }));
    expect(bytes).toBeLessThan(FIRST_BYTES);
  });
});

/** Too wide, serious for axe, or smaller than a small finger; the foot of a page is for adults. */
async function faultsOf(page: PlainPage, what: string): Promise<readonly string[]> {
  const wish = { least: TARGET, within: 'header, main' };
  const shown = await showInBrowser(page, { script: true });
  return [...(await pageFaults(shown, what)), ...(await targetFaultsEverywhere(shown, what, wish))];
}
