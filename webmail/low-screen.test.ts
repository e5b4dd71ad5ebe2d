/** 400 % of zoom on a screen of 1280 × 1024: pages of 320 × 256, of which all can be read. */
import { beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../tests/shared/chromium.ts';
import { lowFaults } from '../tests/shared/narrow-faults.ts';
import { SOAKED } from '../tests/shared/slice.ts';
import { openPages } from './testing/pages.ts';

const LOW = { viewport: { width: 320, height: 256 } };
const SIDE = { viewport: { width: 844, height: 390 } };

/** With what has no place to break: an address of a page. */
const TEXT = `Bonjour.\n\nhttps://ecoles.example/${'papier/'.repeat(12)}`;

const { town, visits } = await openPages();

describe.skipIf(!hasChromium())('a low screen (skipped where chromium is not installed)', () => {
  beforeAll(async () => {
    for (const local of ['lina.moreau', 'claire.lefevre'])
      await town.send('mamadou.diallo', [local], { subject: 'La fête', text: TEXT });
    await town.send('sylvie.caradec', ['tom.moreau'], { subject: 'La mer', text: 'Demain.' });
  });

  // Who is looked at zoomed in, and who on its side, turn about.
  const people = [
    { who: 'lina.moreau', paths: ['/mail/inbox', ':uid', '/write', '/comfort', '/help'] },
    { who: 'claire.lefevre', paths: ['/mail/inbox', ':uid', '/write', '/classes', '/settings'] },
    { who: 'mamadou.diallo', paths: ['/mail/inbox', '/write', '/people', '/school', '/more'] },
    { who: 'tom.moreau', paths: ['/mail/inbox', ':uid', '/write', '/quit'] },
  ];
  it('nothing sticks and all of it scrolls where a child’s mail is read', () =>
    scrolls({ who: 'lina.moreau', paths: ['/mail/inbox', ':uid'], size: LOW }));
  it.each(people.flatMap((one) => [LOW, SIDE].map((size) => ({ ...one, size }))))(
    'nothing sticks and all of it scrolls, for $who at $size.viewport.width px',
    SOAKED,
    scrolls,
  );

  async function scrolls({
    who,
    paths,
    size,
  }: {
    readonly who: string;
    readonly paths: readonly string[];
    readonly size: typeof LOW;
  }): Promise<void> {
    const wrong: string[] = [];
    const page = await visits.enter(who, size);
    for (const path of paths) {
      const uid = (await town.rows(who))[0]?.uid ?? 0;
      await page.goto(visits.base + (path === ':uid' ? `/mail/inbox/${uid}` : path));
      wrong.push(...(await lowFaults(page, `${size.viewport.width} ${path}`)));
    }
    expect(wrong).toEqual([]);
  }
});
