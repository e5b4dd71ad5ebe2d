import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CRITERIA, CRITERION_NUMBERS } from './rgaa.ts';

/** How many criteria each of the thirteen themes of the RGAA 4.1 has. */
const OF_THEMES = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12];

it('goes through all 106 criteria of the RGAA 4.1, in their order', () => {
  const all = OF_THEMES.flatMap((count, theme) =>
    Array.from({ length: count }, (_, at) => `${theme + 1}.${at + 1}`),
  );
  expect(CRITERION_NUMBERS).toEqual(all);
  expect(all).toHaveLength(106);
});

it.each(CRITERION_NUMBERS)('%s names what shows it, where there is something to show', (one) => {
  const { result, shownBy } = CRITERIA[one];
  if (shownBy === null) expect(result).toBe('none');
  else expect(existsSync(join(import.meta.dirname, '..', shownBy)), shownBy).toBe(true);
});

describe('3.3: edges and the line of the focus stand out from what they lie on', () => {
  const tokens = readFileSync(join(import.meta.dirname, 'assets/styles/tokens.css'), 'utf8');
  const [light = '', dark = ''] = tokens.split('prefers-color-scheme: dark');
  const colour = (palette: string, name: string): string =>
    new RegExp(`--${name}: (#[0-9a-f]{3,6})`).exec(palette)?.[1] ?? '';

  it.each(
    ['paper', 'sunk', 'ground'].flatMap((below) =>
      ['edge', 'focus', 'act'].map((above) => ({ above, below })),
    ),
  )('--$above on --$below', ({ above, below }) => {
    for (const palette of [light, dark])
      expect(contrast(colour(palette, above), colour(palette, below))).toBeGreaterThanOrEqual(3);
  });
});

/** WCAG 2.2, « contrast ratio ». */
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
