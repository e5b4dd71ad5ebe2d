import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { doubtsIn } from './doubts.ts';
import { firstWordsOf } from './first-words.ts';
import { soundOf } from './letters.ts';
import { wordsOf } from './words.ts';

/** Sentences of children, one a line: before the rule was done, after, and with no look at it. */
const sentences = (name: string): readonly string[] =>
  readFileSync(new URL(`testing/${name}.txt`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
const LETTER = sentences('innocent-before').slice(0, 40).join('\n');
const MOST_MS = 2;

const doubtful = (some: readonly string[]): readonly string[] =>
  some.filter((sentence) => doubtsIn(sentence).length > 0);

it.each([
  ['doubtful-before', 0.95, 1],
  ['doubtful-after', 0.95, 1],
  ['doubtful-unseen', 0.95, 1],
  ['innocent-before', 0, 0.02],
  ['innocent-after', 0, 0.02],
  ['innocent-unseen', 0, 0.02],
])('looks twice at as many of %s as it should', (name, least, most) => {
  const all = sentences(name);
  const share = doubtful(all).length / all.length;
  process.stdout.write(`second look: ${(share * 100).toFixed(1)} % of ${all.length} ${name}\n`);
  expect(share).toBeGreaterThanOrEqual(least);
  expect(share).toBeLessThanOrEqual(most);
});

it('has three hundred doubtful sentences and a thousand innocent ones, none twice', () => {
  const count = (kind: string): number =>
    new Set(['before', 'after'].flatMap((when) => sentences(`${kind}-${when}`))).size;
  expect(count('doubtful')).toBeGreaterThanOrEqual(300);
  expect(count('innocent')).toBeGreaterThanOrEqual(1000);
});

it.each([
  ['T’es trop nul, viens.', [['hurts', 'T’es trop nul']]],
  ['Noé, rends ma bille. Tout le monde te déteste.', [['hurts', 'Tout le monde te déteste']]],
  ['t n u l', [['hurts', 't n u l']]],
  ['espèce de c0nn@rd !', [['hurts', 'espèce de c0nn@rd']]],
  ['demain je te frappe', [['threatens', 'te frappe']]],
  ['Mon numéro : 06 12 34 56 78.', [['private', '06 12 34 56 78']]],
  ['vien ché moi', [['meeting', 'vien ché moi']]],
  ['T’es pas nul, c’est l’exercice qui est dur.', []],
  ['À Concarneau le député perd sa culotte.', []],
])('finds where it stands: %s', (text, expected) => {
  const found = doubtsIn(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);
  expect(found).toEqual(expected);
});

it('brings children’s spelling to that of the vocabulary', () => {
  expect(wordsOf('jvé te taper').line).toBe(' . je vais te taper . ');
  expect(wordsOf('t tro nuuuul').line).toBe(' . t trop nul . ');
  expect(soundOf('konar')).toBe(soundOf('connard'));
});

it('knows with which words a phrase may begin', () => {
  expect(firstWordsOf('(?:tu es|tu|t )(?:un )?(?:ane|rat)')).toEqual(
    new Set(['tu', 'tuun', 'tuane', 'turat', 't']),
  );
  expect(firstWordsOf('(?<=[.] )(?:he |oh )?nul')).toEqual(new Set(['he', 'oh', 'nul']));
  expect(firstWordsOf('[a-z]+ est nul')).toBeNull();
});

it('takes no longer for a letter than nobody notices', () => {
  const times = Array.from({ length: 50 }, () => {
    const begun = performance.now();
    doubtsIn(LETTER);
    return performance.now() - begun;
  });
  // The best of many: what else the machine does is no matter of the rule.
  const best = Math.min(...times);
  process.stdout.write(`second look: ${LETTER.length} characters in ${best.toFixed(2)} ms\n`);
  expect(best).toBeLessThanOrEqual(MOST_MS);
});
