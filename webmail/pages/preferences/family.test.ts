/** A guardian of two children in two classes finds who teaches each, and writes to them. */
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults } from '../../../tests/shared/page-faults.ts';
import { text } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openPages } from '../../testing/pages.ts';

const MOTHER = 'karine.moreau';

const { town, visits } = await openPages();

it('names the class and the teachers of each child, whom one writes to at one touch', async () => {
  const page = await visits.read(MOTHER);
  await page.click('.places >> text=Mes enfants');
  const [lina, tom] = ['.own-child:has-text("Lina")', '.own-child:has-text("Tom")'];
  expect(await text(page, lina)).toMatch(
    /Lina Moreau.*CE1 A.*École des Tilleuls, avec Claire Lefèvre/,
  );
  expect(await text(page, tom)).toMatch(/Tom Moreau.*GS.*avec Sylvie Caradec/);
  await page.click(`${tom} >> text=Écrire à Sylvie Caradec`);
  expect(await text(page, '.toks')).toContain('Sylvie Caradec');
});

it('leads nowhere from a child who isn’t theirs, nor for whoever has none', async () => {
  const [adele, lina] = [await town.viewer('adele.vidal'), await town.viewer('lina.moreau')];
  const mother = await visits.read(MOTHER);
  const teacher = await visits.read('claire.lefevre');
  expect((await mother.goto(`/family/${adele.account}/write`)).status()).toBe(404);
  expect((await teacher.goto(`/family/${lina.account}/write`)).status()).toBe(404);
});

describe.skipIf(!hasChromium())('in a browser (skipped where chromium is not installed)', () => {
  it('stands in the rail of a desk and under « Plus » of a phone', SOAKED, async () => {
    const page = await visits.enter(MOTHER, { viewport: { width: 1280, height: 800 } });
    expect(await page.isVisible('.places >> text=Mes enfants')).toBe(true);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.click('.plus summary');
    await page.click('.plus .menu >> text=Mes enfants');
    expect(await pageFaults(page, 'family')).toEqual([]);
  });
});
