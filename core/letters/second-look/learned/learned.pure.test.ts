import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { wordsOf } from '../words/words.ts';
import { eachFeature } from './features.ts';
import { doubtfulIn } from './learned.ts';
import { examples, sums } from './learning/examples.ts';
import { weightsFrom } from './learning/regression.ts';
import { byKind, triedOn } from './learning/trial.ts';
import { sentencesOf } from './sentences.ts';
import { LEARNED_FROM, learnedWeights } from './weights.ts';

/** What learns anew takes a minute on a busy machine. */
const LONG = { tags: 'soak', timeout: 300_000 };

const [said, readInPart, read] = readFileSync(LEARNED_FROM, 'utf8').split('\n');

it('has weights of the sentences that are there, as they are read: else npm run learn', () => {
  expect(sums.said()).toBe(said);
  expect(sums.readInPart()).toBe(readInPart);
});

it('has weights of all of them as they are read', LONG, () => {
  expect(sums.read()).toBe(read);
});

it('makes the same weights anew', LONG, () => {
  expect(Buffer.from(weightsFrom(examples())).equals(Buffer.from(learnedWeights()))).toBe(true);
});

it('finds a part of what it has seen no theme of', LONG, () => {
  const [harmless, ...doubtful] = byKind(triedOn(examples(), 0));
  const sum = (part: 'found' | 'count'): number =>
    doubtful.reduce((all, one) => all + one[part], 0);
  const share = sum('found') / sum('count');
  process.stdout.write(`second look: ${(share * 100).toFixed(1)} % of themes kept out\n`);
  expect(share).toBeGreaterThanOrEqual(0.75);
  expect((harmless?.found ?? 0) / (harmless?.count ?? 0)).toBeLessThanOrEqual(0.04);
});

it('reads a text by sentences, a question with its mark', () => {
  const words = wordsOf('Tu viens ? On joue. C’est toi le chat');
  const said = sentencesOf(words, []).map((sentence) => sentence.words);
  expect(said).toEqual([
    ['tu', 'viens', '?'],
    ['on', 'joue'],
    ['c', 'est', 'toi', 'le', 'chat'],
  ]);
});

it('sees words in their spellings as one, and where each feature stands', () => {
  const places = (word: string): readonly number[] => {
    const all: number[] = [];
    eachFeature({ words: [word], phrases: [] }, (place) => all.push(place));
    return all;
  };
  const shared = places('frapper').filter((place) => places('frappé').includes(place));
  expect(shared.length).toBeGreaterThan(3);
  const words = ['tu', 'es', 'moche'];
  eachFeature({ words, phrases: [] }, (_, from, to) => {
    expect(from).toBeLessThan(to);
    expect(to).toBeLessThanOrEqual(words.length);
  });
});

it('quotes the words that speak for it', () => {
  const text = 'Hier on a joué au foot. On veut pas de toi dans notre cabane. À demain';
  const found = doubtfulIn(wordsOf(text), []);
  expect(found.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
    ['hurts', 'On veut pas de toi dans notre cabane'],
  ]);
});
