import type { Page } from 'playwright-core';

/** Of what may stay on a low screen, a word of what was just done alone. */
const STAYS = '.toasts, .skip';

/**
 * What stays in place on a screen that is too low for it, and whether the page is wider than its
 * window: 400 % of zoom, a phone on its side.
 */
export async function lowFaults(page: Page, what: string): Promise<readonly string[]> {
  const found = await page.evaluate((stays) => {
    const all = Array.from(document.querySelectorAll<HTMLElement>('body *'));
    const shown = all.filter((one) => one.checkVisibility() && one.closest(stays) === null);
    return [
      ...shown
        .filter((one) => /fixed|sticky/.test(getComputedStyle(one).position))
        .map((one) => `${one.localName}.${one.className} sticks`),
      ...(document.documentElement.scrollWidth > innerWidth ? ['too wide'] : []),
    ];
  }, STAYS);
  return found.map((one) => `${what}: ${one}`);
}

/** Words of some parts of the page that their lines break: « Maîtres|se ». */
export function brokenWords(page: Page, parts: string): Promise<readonly string[]> {
  return page.evaluate((wanted) => {
    const range = document.createRange();
    const isBroken = (text: Text, word: RegExpMatchArray): boolean => {
      range.setStart(text, word.index ?? 0);
      range.setEnd(text, (word.index ?? 0) + word[0].length);
      const tops = Array.from(range.getClientRects(), ({ top }) => Math.round(top));
      return new Set(tops).size > 1;
    };
    return Array.from(document.querySelectorAll<HTMLElement>(wanted)).flatMap((one) => {
      const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
      const words: string[] = [];
      while (walker.nextNode()) {
        const text = walker.currentNode as Text;
        for (const word of text.data.matchAll(/[\p{L}’]+/gu))
          if (isBroken(text, word)) words.push(word[0]);
      }
      return words;
    });
  }, parts);
}
