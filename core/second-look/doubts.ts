import type { Doubt } from './doubt.ts';
import { HARMLESS_ODDS, sentencesJudged, type JudgedSentence } from './learned/learned.ts';
import { LOOKS } from './phrases/numbers.ts';
import type { Phrase } from './phrases/phrase.ts';
import { PHRASES } from './phrases/phrases.ts';
import { plain } from './words/letters.ts';
import { wordsOf, type Words } from './words/words.ts';

/** Phrases that begin with a name, whatever it is. */
const OF_NAMES = PHRASES.filter(({ first }) => first === null);

/** The others by each word with which they may begin. */
const BY_FIRST_WORD: ReadonlyMap<string, readonly Phrase[]> = byFirstWord();

function byFirstWord(): Map<string, Phrase[]> {
  const all = new Map<string, Phrase[]>();
  for (const phrase of PHRASES)
    for (const word of phrase.first ?? []) all.set(word, [...(all.get(word) ?? []), phrase]);
  return all;
}

/** How much of a text is looked through; no child writes as much. */
const MAX_CHARACTERS = 20_000;

/**
 * The words of a child's letter that may hurt or frighten whoever reads it, or tell what one keeps
 * for oneself, in their order and none within another. Pure; nothing is remembered.
 */
export function doubtsIn(text: string): readonly Doubt[] {
  const some = text.slice(0, MAX_CHARACTERS);
  const words = wordsOf(some);
  const judged = sentencesJudged(words);
  const known = [
    ...said(words).filter((doubt) => !judged.some((one) => isHarmless(doubt, one))),
    ...looksLike(some),
  ];
  const learned = judged.flatMap(({ found }) => found ?? []);
  return apart([...known, ...learned.filter((doubt) => isAlone(doubt, known))]);
}

/** « j'ai été puni parce que j'ai dit merde »: a phrase, in a sentence that hurts nobody. */
const isHarmless = (doubt: Doubt, { start, end, odds }: JudgedSentence): boolean =>
  doubt.start >= start && doubt.end <= end && odds < HARMLESS_ODDS;

/** Where a phrase says which words they are, they are enough. */
const isAlone = (doubt: Doubt, known: readonly Doubt[]): boolean =>
  known.every(({ start, end }) => end <= doubt.start || start >= doubt.end);

function said(words: Words): Doubt[] {
  const doubts: Doubt[] = [];
  for (const [offset, index] of words.at) {
    const first = words.tokens[index];
    if (first === undefined) continue;
    const asked = BY_FIRST_WORD.get(first.word) ?? [];
    for (const phrase of first.isNamed ? [...asked, ...OF_NAMES] : asked) {
      const doubt = saidAt(words, { phrase, offset, first });
      if (doubt !== null) doubts.push(doubt);
    }
  }
  return doubts;
}

interface Asked {
  readonly phrase: Phrase;
  readonly offset: number;
  readonly first: Words['tokens'][number];
}

function saidAt(
  { line, at, tokens }: Words,
  { phrase: { kind, pattern, unless, unlessAfter }, offset, first }: Asked,
): Doubt | null {
  pattern.lastIndex = offset;
  const found = pattern.exec(line);
  const before = line.slice(Math.max(0, offset - BEFORE), offset);
  if (found === null || unless?.test(before) || CONSOLING.test(before)) return null;
  if (unlessAfter?.test(line.slice(offset + found[0].length))) return null;
  const last = at.get(line.lastIndexOf(' ', offset + found[0].length - 1) + 1);
  return { kind, start: first.start, end: tokens[last ?? -1]?.end ?? first.end };
}
/** « c'est pas vrai que t'es nulle », « ne dis pas que … ». */
const CONSOLING =
  / (?:pas vrai|faux|dis pas|dire|(?:ne|pas) (?:penses?|crois|croit|croire|dise)) (?:pas )?que $/;
/** How far `unless` looks back, in characters. */
const BEFORE = 60;

function looksLike(text: string): Doubt[] {
  const folded = plain(text);
  return LOOKS.flatMap(({ pattern, holds }) =>
    [...folded.matchAll(pattern)]
      .filter((found) => holds(found, text))
      .map((found): Doubt => ({
        kind: 'private',
        start: found.index,
        end: found.index + found[0].length,
      })),
  );
}

/** What overlaps is one, of the kind that begins first. */
function apart(doubts: readonly Doubt[]): readonly Doubt[] {
  const one: Doubt[] = [];
  for (const doubt of [...doubts].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = one.at(-1);
    if (last === undefined || doubt.start >= last.end) one.push(doubt);
    else if (doubt.end > last.end) one[one.length - 1] = { ...last, end: doubt.end };
  }
  return one;
}
