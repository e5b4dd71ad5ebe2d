/**
 * Every page of every role, as `npm run shots` opens them: what axe finds in the light and in the
 * dark, what is too small to be pressed, what is wider than a window of 320 px, which 640 px are at
 * 200 %, what sticks on a low screen, which words of a table a phone breaks, and where a browser
 * would say in its own words what a form lacks.
 */

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWhole, type Whole } from '../e2e/whole.ts';
import { hasChromium, launchChromium } from '../shared/chromium.ts';
import { brokenWords, lowFaults } from '../shared/narrow-faults.ts';
import { seriousFaults, targetFaults } from '../shared/page-faults.ts';
import { tour } from '../shots/tour.ts';

const DESK = { width: 1280, height: 800 };
/** An old laptop of a school, and what 640 px are at 200 %. */
const WIDTHS = [
  { width: 1024, height: 768 },
  { width: 320, height: 640 },
] as const;
/** What 1280 × 1024 are at 400 %, and a phone on its side. */
const LOW = [
  { width: 320, height: 256 },
  { width: 844, height: 390 },
] as const;
const PHONE = { width: 390, height: 844 };
/** More pages than a change takes away by mistake. */
const LEAST_PAGES = 100;

describe.runIf(hasChromium())('every page', () => {
  let whole: Whole;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
    whole = await startWhole();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await whole.stop();
  });

  it('has nothing that axe finds, all can be pressed, none is wider than 1024 or 320 px, and forms complain in our words', async () => {
    const faults: string[] = [];
    let pages = 0;
    const wish = {
      languages: ['fr'] as const,
      only: '',
      lacks: (what: string) => void faults.push(what),
    };
    for await (const { page, who, path } of tour(browser, whole, wish)) {
      faults.push(...(await faultsOf(page, `${who} ${path}`)));
      pages += 1;
    }
    expect(pages).toBeGreaterThan(LEAST_PAGES);
    expect(faults).toEqual([]);
  }, 900_000);
});

async function faultsOf(page: Page, what: string): Promise<readonly string[]> {
  await page.setViewportSize(DESK);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = [...(await seriousFaults(page, what)), ...(await targetFaults(page, what))];
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await seriousFaults(page, `${what} in the dark`);
  const wide: string[] = [];
  for (const size of WIDTHS) {
    await page.setViewportSize(size);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > size.width) wide.push(`${what}: ${width} px wide in a window of ${size.width}`);
  }
  const low: string[] = [];
  for (const size of LOW) {
    await page.setViewportSize(size);
    low.push(...(await lowFaults(page, `${what} at ${size.width} x ${size.height}`)));
  }
  await page.setViewportSize(PHONE);
  const broken = (await brokenWords(page, 'main table td, main table th')).map(
    (word) => `${what}: « ${word} » is broken on a phone`,
  );
  return [...light, ...dark, ...wide, ...low, ...broken, ...(await bubbleFaults(page, what))];
}

/** Forms whose fields a browser would complain of by itself: what they lack our pages say. */
async function bubbleFaults(page: Page, what: string): Promise<readonly string[]> {
  const actions = await page.$$eval('form', (forms) =>
    forms
      .filter((form) => !form.noValidate)
      .filter(({ elements }) =>
        Array.from(elements).some((one) =>
          one.matches(
            '[required], [pattern], [min], [max], [type=email], [type=url], [type=number]',
          ),
        ),
      )
      .map(({ action }) => action),
  );
  return actions.map((action) => `${what}: the browser checks the form of ${action}`);
}
