import type { Doubt, SaidKind } from './doubt.ts';
import type { DoubtPhrase } from './phrases/phrase.ts';
import { PHRASES } from './phrases/phrases.ts';
import type { SpelledWords } from './words/words.ts';

/** A phrase that stands in a text. */
export interface FoundPhrase extends Doubt {
  readonly kind: SaidKind;
  /** Which of the text's words it begins with. */
  readonly word: number;
}

/** Phrases by each word with which they may begin. */
const BY_FIRST_WORD: ReadonlyMap<string, readonly DoubtPhrase[]> = byFirstWord();

function byFirstWord(): Map<string, DoubtPhrase[]> {
  const all = new Map<string, DoubtPhrase[]>();
  for (const phrase of PHRASES)
    for (const word of phrase.first) all.set(word, [...(all.get(word) ?? []), phrase]);
  return all;
}

/** All phrases that stand in a text. Pure. */
export function phrasesIn(words: SpelledWords): readonly FoundPhrase[] {
  const doubts: FoundPhrase[] = [];
  for (const [offset, index] of words.at) {
    const first = words.tokens[index];
    if (first === undefined) continue;
    for (const phrase of BY_FIRST_WORD.get(first.word) ?? []) {
      const doubt = saidAt(words, { phrase, offset, first });
      if (doubt !== null) doubts.push({ ...doubt, word: index });
    }
  }
  return doubts;
}

interface Asked {
  readonly phrase: DoubtPhrase;
  readonly offset: number;
  readonly first: SpelledWords['tokens'][number];
}

function saidAt(
  { line, at, tokens }: SpelledWords,
  { phrase: { kind, pattern, unless, unlessAfter }, offset, first }: Asked,
): Omit<FoundPhrase, 'word'> | null {
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
