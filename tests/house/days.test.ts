import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { listSources } from '../shared/sources.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The calendar itself, files whose names have the day of their writing, and our own words. */
const OF_OUR_OWN =
  /^core\/(roster\/days|ground\/ledger|store\/migrate)\.ts$|\/ledger-copies\.ts$|\/texts\//;
const IN_TESTS = /\.test\.ts$|(^|\/)testing\/|^tests\//;
/** Four digits, a hyphen and a digit more, as a regular expression has them. */
const SPELLED = /\\d\{4\}\)?-\(?\\d/;
const ASKS = /\b(isDay|dayTrouble|dayOf)\(/;

it('who reads a day that is spelled asks whether the calendar has it', () => {
  const spelling = listSources(ROOT)
    .map((path) => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') }))
    .filter(({ path, text }) => !IN_TESTS.test(path) && SPELLED.test(text));
  expect(spelling.length).toBeGreaterThan(5);
  const alone = spelling.filter(({ path, text }) => !OF_OUR_OWN.test(path) && !ASKS.test(text));
  expect(alone.map(({ path }) => path)).toEqual([]);
});
