import { expect, it } from 'vitest';
import { doubtsIn } from './doubts.ts';
import { soundOf } from './letters.ts';
import { firstWordsOf } from './phrases/first-words.ts';
import { sentences } from './testing/sentences.ts';
import { wordsOf } from './words/words.ts';

const LEARNED = 'learned/learning/sentences';
const LETTER = sentences(`${LEARNED}/innocent-earlier`).slice(0, 40).join('\n');
const MOST_MS = 2;
/** On a machine that others slow it takes long until the code is compiled. */
const TRIED_MS = 10_000;

const doubtful = (some: readonly string[]): readonly string[] =>
  some.filter((sentence) => doubtsIn(sentence).length > 0);

it.each([
  [`${LEARNED}/hurts-earlier`, 0.95, 1],
  [`${LEARNED}/threatens-earlier`, 0.95, 1],
  [`${LEARNED}/private-earlier`, 0.95, 1],
  [`${LEARNED}/meeting-earlier`, 0.95, 1],
  [`${LEARNED}/innocent-earlier`, 0, 0.02],
  // Written of other matters, in other words, than what the phrases and the weights are made from.
  ['testing/kept-out-doubtful', 0.65, 1],
  ['testing/kept-out-innocent', 0, 0.02],
  // An everyday list that nothing was made from, and nobody read who made phrases or weights.
  ['testing/kept-apart-doubtful', 0.95, 1],
  ['testing/kept-apart-innocent', 0, 0.02],
])('looks twice at as many of %s as it should', (name, least, most) => {
  const all = sentences(name);
  const share = doubtful(all).length / all.length;
  process.stdout.write(`second look: ${(share * 100).toFixed(1)} % of ${all.length} ${name}\n`);
  expect(share).toBeGreaterThanOrEqual(least);
  expect(share).toBeLessThanOrEqual(most);
});

it.each([
  ['T’es trop nul, viens.', [['hurts', 'T’es trop nul']]],
  ['Noé, rends ma bille. Tout le monde te déteste.', [['hurts', 'Tout le monde te déteste']]],
  ['t n u l', [['hurts', 't n u l']]],
  ['espèce de c0nn@rd !', [['hurts', 'espèce de c0nn@rd']]],
  ['demain je te frappe', [['threatens', 'te frappe']]],
  ['Voici : 06 12 34 56 78.', [['private', '06 12 34 56 78']]],
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
  // The best of many: what else the machine does is no matter of the rule.
  let best = Number.POSITIVE_INFINITY;
  for (const end = performance.now() + TRIED_MS; best > MOST_MS && performance.now() < end;) {
    const begun = performance.now();
    doubtsIn(LETTER);
    best = Math.min(best, performance.now() - begun);
  }
  process.stdout.write(`second look: ${LETTER.length} characters in ${best.toFixed(2)} ms\n`);
  expect(best).toBeLessThanOrEqual(MOST_MS);
});
