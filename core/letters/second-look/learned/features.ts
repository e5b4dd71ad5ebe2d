import { shapeOf } from './categories.ts';
import { keyOf } from './key.ts';
import type { JudgedSentence } from './sentences.ts';

/**
 * How many places there are for weights. A feature has no name, only the place that its hash gives
 * (« the hashing trick », Weinberger 2009): some share one, which costs little.
 */
export const PLACES = 2 ** 20;

/**
 * Hears of something that a sentence has: the place of its weights, and which of the sentence's
 * words have it (the second is exclusive).
 */
type Listener = (place: number, from: number, to: number) => void;

/**
 * Tells all that is looked at in a sentence: its words and their shapes alone, beside one another,
 * in pairs with others between, pieces of its words, and which phrases it has. Pure; what is told
 * makes no objects, since a letter has ten thousand features.
 */
export function eachFeature({ words, phrases }: JudgedSentence, tell: Listener): void {
  const heard = words.map(keyOf);
  const keys = heard.map(hashOf);
  const shapes = words.map((word, at) => hashOf(`@${shapeOf(word, heard[at] ?? word)}`));
  tell(placeOf(BEGIN), 0, words.length); // every sentence has it
  runs(keys, 3, tell);
  runs(shapes, 4, tell);
  pairs(keys, tell);
  pairs(shapes, (place, from, to) => {
    if (shapes[from] !== UNKNOWN && shapes[to - 1] !== UNKNOWN) tell(place, from, to);
  });
  for (const [at, word] of words.entries()) pieces(word, at, tell);
  for (const kind of new Set(phrases))
    for (let time = 0; time < PHRASE_COUNTS; time += 1)
      tell(placeOf(hashOf(`phrase ${kind}`)), 0, words.length);
}

/** A phrase says as much as so many other features. */
const PHRASE_COUNTS = 4;

/** FNV-1a (Fowler, Noll, Vo), 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = further(hash, text.charCodeAt(at));
  return hash;
}

/** A hash continued. */
const further = (hash: number, next: number): number => Math.imul(hash ^ next, 0x01000193);

/** All bits of a hash bear on its place. */
function placeOf(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 12)) >>> 0) % PLACES;
}

const BEGIN = hashOf('^');
const END = hashOf('$');
const BETWEEN = hashOf('~');
const UNKNOWN = hashOf('@_');

/** Up to `longest` neighbours: « t es », « YOU IS VERY MEAN », the sentence's ends among them. */
function runs(words: readonly number[], longest: number, tell: Listener): void {
  const all = [BEGIN, ...words, END];
  for (let first = 0; first < all.length; first += 1) {
    let hash = 0;
    for (let last = first; last < Math.min(all.length, first + longest); last += 1) {
      hash = further(hash, all[last] ?? 0);
      const isEndAlone = first === last && (first === 0 || last === all.length - 1);
      if (!isEndAlone) tell(placeOf(hash), Math.max(0, first - 1), Math.min(words.length, last));
    }
  }
}

/** How many words stand at most between the two of a pair. */
const FARTHEST = 4;

/** Two words with others between: « tu … moche ». */
function pairs(words: readonly number[], tell: Listener): void {
  for (let first = 0; first < words.length; first += 1) {
    const begun = further(words[first] ?? 0, BETWEEN);
    for (let last = first + 2; last < Math.min(words.length, first + 2 + FARTHEST); last += 1)
      tell(placeOf(further(begun, words[last] ?? 0)), first, last + 1);
  }
}

/** Words of fewer letters have no pieces. */
const LEAST_LETTERS = 4;
const PIECES = { shortest: 3, longest: 5 };

/** Three to five letters of a word that follow one another: « nnar » of « connard ». */
function pieces(word: string, at: number, tell: Listener): void {
  if (word.length < LEAST_LETTERS) return;
  const letters = `^${word}$`;
  for (let first = 0; first + PIECES.shortest <= letters.length; first += 1) {
    let hash = BETWEEN;
    for (let next = first; next < Math.min(letters.length, first + PIECES.longest); next += 1) {
      hash = further(hash, letters.charCodeAt(next));
      if (next - first + 1 >= PIECES.shortest) tell(placeOf(hash), at, at + 1);
    }
  }
}
