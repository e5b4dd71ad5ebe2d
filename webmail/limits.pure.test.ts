/** The page of limits says what the code does. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LIMITS } from './limits.ts';

/** Of the house, not of visitors. */
const OUR_OWN = ['lookMs'];

it('every limit of the pages stands on its page, with its number', () => {
  const page = readFileSync(
    new URL('../core/decisions/0026-limits-of-the-pages.md', import.meta.url),
    'utf8',
  );
  const told = Object.fromEntries(
    [...page.matchAll(/^\| `(\w+)` \| ([\d,]+) /gm)].map(([, name, number]) => [
      name,
      Number(number?.replaceAll(',', '')),
    ]),
  );
  expect(told).toEqual(
    Object.fromEntries(Object.entries(LIMITS).filter(([name]) => !OUR_OWN.includes(name))),
  );
});
