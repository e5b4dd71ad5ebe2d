import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { PlainPage } from './plain/page.ts';
import { showInBrowser } from './plain/shown.ts';
import { sliced } from './slice.ts';

/** The narrowest that a page must be whole at: 640 px seen at 200 % (WCAG 2.2, 1.4.10 Reflow). */
const NARROW = { width: 320, height: 640 } as const;
/** A phone, an old laptop of a school, a desk: what every page must look right at. */
const PHONE = { width: 390, height: 844 } as const;
const LAPTOP = { width: 1024, height: 768 } as const;
/** In which a page is left. */
const DESK = { width: 1280, height: 800 } as const;
/** Where to put pictures of the pages, to look at them; nowhere in a usual run. */
const SHOTS = process.env['PREAU_TEST_SHOTS'];

/**
 * Whether axe looks at every state that a story passes through: it takes longer than the story, so
 * the soak asks for it. In a usual run it looks at each page once, in light and in dark.
 */
const EVERY_STATE = process.env['PREAU_TEST_AXE'] === 'every-state';

/**
 * Of the states in which a page without a browser is looked at, a usual run shows one in so many in
 * a browser, always the same; the soak shows all. Each costs as much as the page and its story.
 */
const SHOWN_ONE_IN = 8;
/** Of those that a story in a browser passes through; each is laid out twice to be looked at. */
const LAID_OUT_ONE_IN = 4;
const isShown = (what: string, oneIn = SHOWN_ONE_IN): boolean =>
  EVERY_STATE ||
  SHOTS !== undefined ||
  Array.from(what).reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % oneIn === 0;

/** What is too wide is so on a phone first: in a usual run it is laid out there alone. */
const SIZES = EVERY_STATE || SHOTS !== undefined ? [NARROW, PHONE, LAPTOP, DESK] : [NARROW, PHONE];

/** Light and dark are one to what a usual run looks at, which is the layout. */
export const COLOURS = EVERY_STATE ? (['light', 'dark'] as const) : (['light'] as const);
/** Of pages that are much alike, those that a usual run looks at: one in two; all in the soak. */
export const lookedAt = <Case>(pages: readonly Case[]): readonly Case[] =>
  EVERY_STATE ? pages : sliced(2, pages).some;

/** A page in a browser, or one without, which is shown in one to be looked at. */
type Looked = Page | PlainPage;
const seen = async (page: Looked): Promise<Page> =>
  page instanceof PlainPage ? showInBrowser(page, { script: true }) : page;

/** What axe finds serious or critical in this state of a story, where it is asked to look at it. */
export async function axeFaults(page: Looked, what?: string): Promise<readonly string[]> {
  return EVERY_STATE ? seriousFaults(page, what) : [];
}

/**
 * What axe finds serious or critical on the page that is open; empty where the page has no script,
 * since axe is one. A page without frames is looked at in place: axe's way through frames opens a
 * page of its own each time, which costs three times the rest; so is one whose frames hold a
 * letter, where no script may run, axe's neither.
 */
export async function seriousFaults(
  looked: Looked,
  what = new URL(looked.url()).pathname,
): Promise<readonly string[]> {
  const page = await seen(looked);
  if (!(await page.evaluate(() => matchMedia('(scripting: enabled)').matches))) return [];
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode((await page.locator('iframe:not(.mail-html)').count()) === 0)
    .analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.map(
    ({ id, nodes }) =>
      `${what} ${id}: ${nodes
        .map((node) => node.target.join(' '))
        .slice(0, 3)
        .join(', ')}`,
  );
}

/**
 * Where the page is wider than its window, in all sizes in the soak; pictures of it where they
 * are asked for. It is left at a desk.
 */
export async function wideFaults(looked: Looked, what: string): Promise<readonly string[]> {
  if (looked instanceof PlainPage && !isShown(what)) return [];
  const page = await seen(looked);
  const wide: string[] = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth))
      wide.push(`${what} is too wide at ${size.width}`);
    if (SHOTS !== undefined)
      await page.screenshot({
        path: `${SHOTS}/${what}-${size.width}.png`,
        fullPage: size === PHONE,
      });
  }
  await page.setViewportSize(DESK);
  return wide;
}

/** The same where no script runs. */
export async function plainWideFaults(page: PlainPage, what: string): Promise<readonly string[]> {
  return isShown(what) ? wideFaults(await showInBrowser(page, { script: false }), what) : [];
}

/** The side of what can be pressed, in CSS pixels, at least (WCAG 2.2, 2.5.8). */
const MIN_TARGET = 24;
/** Half a pixel that a browser rounds away. */
const ROUNDED = 0.5;

/** The same in the sizes of a window; the page is left at a desk. */
export async function targetFaultsEverywhere(
  looked: Looked,
  what: string,
  wish: { readonly least: number; readonly within: string },
): Promise<readonly string[]> {
  const page = await seen(looked);
  const small: string[] = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    small.push(...(await targetFaults(page, `${what} at ${size.width}`, wish)));
  }
  await page.setViewportSize(DESK);
  return small;
}

/**
 * What can be pressed on the page that is open and is smaller than a fingertip; a link within a
 * sentence is as high as its line (2.5.8, « inline »), a box is pressed by its label.
 */
export async function targetFaults(
  looked: Looked,
  what: string,
  { least = MIN_TARGET, within = 'body' } = {},
): Promise<readonly string[]> {
  if (looked instanceof PlainPage && !isShown(what)) return [];
  const page = await seen(looked);
  const small = await page.evaluate(
    ([side, part]) => {
      const says = (one: Node): boolean =>
        one.nodeType === Node.TEXT_NODE && /[\p{L}\p{N}]/u.test(one.textContent ?? '');
      const hasLabel = (one: HTMLElement): boolean =>
        one instanceof HTMLInputElement &&
        (one.type === 'radio' || one.type === 'checkbox') &&
        (one.labels?.length ?? 0) > 0;
      const isAside = (one: HTMLElement): boolean =>
        one.closest('.vh, .skip, [hidden]') !== null ||
        getComputedStyle(one).visibility === 'hidden' ||
        hasLabel(one) ||
        (getComputedStyle(one).display === 'inline' &&
          Array.from(one.parentElement?.childNodes ?? []).some(says));
      const all = document.querySelectorAll<HTMLElement>(
        'a[href], button, summary, select, textarea, label.btn, input:not([type=hidden])',
      );
      return Array.from(all).flatMap((one) => {
        const { width, height } = one.getBoundingClientRect();
        if (
          width * height === 0 ||
          one.closest(part) === null ||
          Math.min(width, height) >= side ||
          isAside(one)
        )
          return [];
        const words = (one.textContent ?? '').trim().slice(0, 30);
        return [`${one.localName} « ${words} » ${Math.round(width)}x${Math.round(height)}`];
      });
    },
    [least - ROUNDED, within] as const,
  );
  return [...new Set(small)].map((one) => `${what}: ${one}`);
}

/** Too wide in one of its sizes, or serious for axe in this state of a story. */
export async function pageFaults(looked: Looked, what: string): Promise<readonly string[]> {
  if (looked instanceof PlainPage && !isShown(what)) return [];
  const page = await seen(looked);
  return [...(await wideFaults(page, what)), ...(await axeFaults(page, what))];
}

/** The same in a state that a story in a browser passes through, whose subject is another. */
export const faultsInPassing = async (page: Page, what: string): Promise<readonly string[]> =>
  isShown(what, LAID_OUT_ONE_IN) ? pageFaults(page, what) : [];
