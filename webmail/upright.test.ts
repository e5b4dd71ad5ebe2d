/** A tablet held upright, 768 × 1024: a name is whole, and nothing is too wide. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../tests/shared/chromium.ts';
import { openTestTown, type TestTown } from '../tests/shared/town.ts';
import { openVisits, type Visits } from './testing/visits.ts';

const UPRIGHT = { viewport: { width: 768, height: 1_024 } };
/** Where names of people stand under or beside their faces. */
const NAMES = '.people .w, .letters .w, .names .grow, .pupils a, .kid > span, .by .w';

describe.skipIf(!hasChromium())('a tablet (skipped where chromium is not installed)', () => {
  let town: TestTown;
  let visits: Visits;

  beforeAll(async () => {
    town = await openTestTown();
    await town.send('sylvie.caradec', ['tom.moreau'], { subject: 'La mer', text: 'Demain.' });
    visits = await openVisits(town, () => town.clock.now);
  });
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits?.close();
    await town?.close();
  });

  it.each([
    { who: 'tom.moreau', paths: ['/mail/inbox', '/write', '/write?make=draw'] },
    { who: 'lina.moreau', paths: ['/mail/inbox', '/write', '/comfort'] },
    { who: 'claire.lefevre', paths: ['/mail/inbox', '/classes'] },
    { who: 'sylvie.caradec', paths: ['/classes'] },
  ])('breaks no name of $who’s pages', async ({ who, paths }) => {
    const page = await visits.enter(who, UPRIGHT);
    const wrong: string[] = [];
    for (const path of paths) {
      await page.goto(visits.base + path);
      const found = await page.evaluate((names) => {
        const isWide = document.documentElement.scrollWidth > innerWidth;
        const range = document.createRange();
        /** A word on two lines, or one that its place has no room for. */
        const isBroken = (text: Text, word: RegExpMatchArray): boolean => {
          range.setStart(text, word.index ?? 0);
          range.setEnd(text, (word.index ?? 0) + word[0].length);
          const tops = Array.from(range.getClientRects(), ({ top }) => Math.round(top));
          return new Set(tops).size > 1;
        };
        const broken = Array.from(document.querySelectorAll<HTMLElement>(names)).flatMap((one) => {
          const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
          const words: string[] = [];
          while (walker.nextNode()) {
            const text = walker.currentNode as Text;
            for (const word of text.data.matchAll(/[\p{L}’]+/gu))
              if (isBroken(text, word)) words.push(word[0]);
          }
          return words;
        });
        return [...broken, ...(isWide ? ['too wide'] : [])];
      }, NAMES);
      wrong.push(...found.map((one) => `${path}: ${one}`));
    }
    expect(wrong).toEqual([]);
  });
});
