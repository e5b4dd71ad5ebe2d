/** A tablet held upright, 768 × 1024: a name is whole, and nothing is too wide. */
import { beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../tests/shared/chromium.ts';
import { brokenWords } from '../tests/shared/narrow-faults.ts';
import { SOAKED } from '../tests/shared/slice.ts';
import { openPages } from './testing/pages.ts';

const UPRIGHT = { viewport: { width: 768, height: 1_024 } };
/** Where names of people stand under or beside their faces. */
const NAMES = '.people .w, .letters .w, .names .grow, .pupils a, .kid > span, .by .w';

const { town, visits } = await openPages();

describe.skipIf(!hasChromium())('a tablet (skipped where chromium is not installed)', () => {
  beforeAll(async () => {
    await town.send('sylvie.caradec', ['tom.moreau'], { subject: 'La mer', text: 'Demain.' });
    await town.send('mamadou.diallo', ['claire.lefevre'], { subject: 'Conseil', text: 'Mardi.' });
  });

  const PEOPLE = [
    { who: 'tom.moreau', paths: ['/mail/inbox', '/write', '/write?make=draw'] },
    { who: 'lina.moreau', paths: ['/mail/inbox', '/write', '/comfort'] },
    { who: 'claire.lefevre', paths: ['/mail/inbox', '/classes'] },
    { who: 'sylvie.caradec', paths: ['/classes'] },
  ];
  it('breaks no name of a little one’s page', () =>
    breaksNone({ who: 'tom.moreau', paths: ['/mail/inbox'] }));
  it.each(PEOPLE)('breaks no name of $who’s pages', SOAKED, breaksNone);

  async function breaksNone({
    who,
    paths,
  }: {
    readonly who: string;
    readonly paths: readonly string[];
  }): Promise<void> {
    const page = await visits.enter(who, UPRIGHT);
    const wrong: string[] = [];
    for (const path of paths) {
      await page.goto(visits.base + path);
      const isWide = await page.evaluate(
        () => document.documentElement.scrollWidth > window.innerWidth,
      );
      const found = [...(await brokenWords(page, NAMES)), ...(isWide ? ['too wide'] : [])];
      wrong.push(...found.map((one) => `${path}: ${one}`));
    }
    expect(wrong).toEqual([]);
  }

  it('shows an adult the list or a letter, and from the one leads to the other', async () => {
    const page = await visits.enter('claire.lefevre', { ...UPRIGHT, at: '/mail/inbox' });
    expect(await page.isVisible('.pane')).toBe(false);
    await page.click('.msg >> nth=0');
    expect(await page.isVisible('.list')).toBe(false);
    expect(await page.$eval('.paper', (paper) => paper.clientWidth)).toBeGreaterThan(600);
    await page.click('.back-to');
    expect(await page.isVisible('.msg >> nth=0')).toBe(true);
  });
});
