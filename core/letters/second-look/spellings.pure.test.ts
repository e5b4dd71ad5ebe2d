import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { randomFrom } from '../../rules/testing/random.ts';
import { doubtsIn } from './doubts.ts';
import { sentences } from './testing/sentences.ts';
import { BEHIND, SPELLINGS } from './testing/spellings.ts';

const everySo = (some: readonly string[], many: number): readonly string[] =>
  some.filter((_, at) => at % many === 0);

const SEED = Number(process.env['SEED'] ?? Date.now() % 1e9);
const isFound = (sentence: string): boolean => doubtsIn(sentence).length > 0;
/**
 * Of one sentence in so many of both lists what is told rightly as it stands: a third list is made
 * of it by each spelling.
 */
const told = (every: number) => ({
  doubtful: everySo(sentences('testing/kept-apart-doubtful'), every).filter(isFound),
  innocent: everySo(sentences('testing/kept-apart-innocent'), every).filter((one) => !isFound(one)),
});
/** Some letters are taken for two of ours. */
const LEAST = 0.985;
const MOST = 0.005;

describe(`a sentence that is spelled to be read by people alone (seed ${SEED})`, () => {
  const spellings = [
    ...SPELLINGS.map((one) => ({ ...one, every: 1 })),
    ...BEHIND.map((one) => ({ ...one, every: 10 })),
  ];
  const oneInFive = told(5);
  it.each(spellings)('is looked at as it is seen, be it one in five: $name', (one) =>
    isLookedAt(one, oneInFive),
  );
  it.each(spellings)('is looked at as it is seen: $name', SOAKED, (one) =>
    isLookedAt(one, told(1)),
  );

  function isLookedAt({ spell, every }: (typeof spellings)[number], from: typeof oneInFive): void {
    const { below } = randomFrom(SEED);
    const share = (some: readonly string[]): number =>
      some.filter((one) => isFound(spell(one, below))).length / some.length;
    expect(share(everySo(from.doubtful, every))).toBeGreaterThanOrEqual(LEAST);
    expect(share(everySo(from.innocent, every * 5))).toBeLessThanOrEqual(MOST);
  }

  it.each([
    [(text: string) => `Hier on a fait du calcul avec Lina et ensuite on a joué dehors, ${text}`],
    [(text: string) => `Hier on a fait du calcul avec Lina puis on a joué dans la cour et ${text}`],
    [(text: string) => `coucou j’espère que tu vas bien et que tu as fini tes devoirs ${text}`],
  ])('is looked at within many kind words of the same sentence: %s', (within) => {
    const share = (some: readonly string[]): number =>
      some.filter((one) => isFound(within(one))).length / some.length;
    expect(share(oneInFive.doubtful)).toBeGreaterThanOrEqual(0.75);
    expect(share(everySo(oneInFive.innocent, 2))).toBeLessThanOrEqual(0.02);
  });

  it('is looked at over its lines, be they of a word each or ended by a program', () => {
    const some = oneInFive.doubtful;
    const share = (spelled: (text: string) => string): number =>
      some.filter((one) => isFound(spelled(one))).length / some.length;
    expect(share((text) => text.replaceAll(' ', '\n'))).toBeGreaterThanOrEqual(LEAST);
    const wrapped = (text: string): string =>
      `Hier on a joué dans la cour. ${text}`.replace(/(.{60,72}) /g, '$1\n');
    expect(share(wrapped)).toBeGreaterThanOrEqual(LEAST);
    const letters = oneInFive.innocent.map((one) => `Coucou Noé\n${one}\nBisous\nLina`);
    expect(letters.filter(isFound).length / letters.length).toBeLessThanOrEqual(MOST);
  });

  it('of other alphabets, signs and sums stays innocent', () => {
    const all = sentences('testing/kept-apart-other-signs');
    const found = all.filter(isFound);
    process.stdout.write(`second look: ${found.length} of ${all.length} innocent signs\n`);
    // What isn't French is judged as if it were.
    expect(found.length / all.length).toBeLessThanOrEqual(0.05);
  });
});

it.each([
  ['Salut. T’es trop nu\u00ADl, Noé', 'T’es trop nu\u00ADl'],
  [
    '\u{1D413}’\u{1D41E}\u{1D42C} trop n\u0336u\u0336l\u0336 !',
    '\u{1D413}’\u{1D41E}\u{1D42C} trop n\u0336u\u0336l\u0336',
  ],
  ['Dis : \u202Elun port se’T\u202C, hein', 'lun port se’T\u202C'],
  ['Voici\n06\n12\n34\n56\n78', 'Voici\n06\n12\n34\n56\n78'],
  ['Voici : 06, 12, 34, 56, 78.', '06, 12, 34, 56, 78'],
  ['0,6,1,2,3,4,5,6,7,8', '0,6,1,2,3,4,5,6,7,8'],
  [
    '\u0660\u0666 \u0661\u0662 \u0663\u0664 \u0665\u0666 \u0667\u0668',
    '\u0660\u0666 \u0661\u0662 \u0663\u0664 \u0665\u0666 \u0667\u0668',
  ],
  ['c\no\nn\nn\na\nr\nd', 'c\no\nn\nn\na\nr\nd'],
])('is found where it stands in what was written: %j', (text, expected) => {
  expect(doubtsIn(text).map(({ start, end }) => text.slice(start, end))).toEqual([expected]);
});

it.each([
  ['what was seen', 'Bravo ! '.repeat(3_000)],
  ['what was written', `Bravo !${'\u200B'.repeat(120_000)} Merci !`],
])('says so where a text is longer than is looked at, by %s', (_, text) => {
  const doubts = doubtsIn(text);
  expect(doubts).toEqual([{ kind: 'unread', start: expect.any(Number), end: text.length }]);
  expect(doubts[0]?.start).toBeGreaterThan(10_000);
});

it.each([
  ['words that all are doubtful', 'T’es trop nul. '.repeat(20_000)],
  ['letters that are all different', anyLetters(100_000)],
  ['signs alone', '😀'.repeat(200_000)],
  ['what is turned round', `\u202E${'lun ort '.repeat(50_000)}`],
])('takes no longer for a megabyte than for what is looked at: %s', (_, text) => {
  // Once more where a cold or busy machine made it long.
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES && least >= MOST_MS; tries += 1) {
    const began = process.threadCpuUsage();
    doubtsIn(text);
    const { user, system } = process.threadCpuUsage(began);
    least = Math.min(least, (user + system) / 1_000);
  }
  expect(least).toBeLessThan(MOST_MS);
});
/** Of processor time, for the worst that is looked at: at rest it takes half of it. */
const MOST_MS = 250;
const TRIES = 10;

function anyLetters(count: number): string {
  return Array.from({ length: count }, (_, at) => String.fromCodePoint(0x100 + (at % 40_000))).join(
    '',
  );
}
