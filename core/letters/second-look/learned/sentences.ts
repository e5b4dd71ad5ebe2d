import type { SaidKind } from '../doubt.ts';
import type { FoundPhrase } from '../said.ts';
import type { SpelledWords } from '../words/words.ts';

/** A sentence as it is judged. */
export interface JudgedSentence {
  readonly words: readonly string[];
  /** The kinds of the phrases that begin in it. */
  readonly phrases: readonly SaidKind[];
}

/** Where a sentence stands among the words of its text; the second is exclusive. */
export interface SentencePlace {
  readonly from: number;
  readonly to: number;
}

/** Who writes without a full stop has a sentence after so many words. */
const MOST_WORDS = 24;

/** The sentences of a text; a question has its mark, others have none. Pure. */
export function sentencesOf(
  words: SpelledWords,
  phrases: readonly FoundPhrase[],
): readonly (JudgedSentence & SentencePlace)[] {
  return placesOf(words).map((place) => sentenceAt(words, phrases, place));
}

/** A shorter sentence is judged as a whole alone. */
const LONG = 9;
/** A clause of one word says nothing. */
const SHORTEST_CLAUSE = 2;
const PARTS_CLAUSES: ReadonlySet<string> = new Set([',', 'et', 'puis']);

/** The clauses of a long sentence: in many kind words few others count for little. */
export function clausesOf(
  words: SpelledWords,
  phrases: readonly FoundPhrase[],
  { from, to }: SentencePlace,
): readonly (JudgedSentence & SentencePlace)[] {
  if (to - from < LONG) return [];
  const clauses: SentencePlace[] = [];
  let begun = from;
  for (let at = from; at <= to; at += 1) {
    if (at < to && !PARTS_CLAUSES.has(words.tokens[at]?.word ?? '')) continue;
    const isClause = at - begun >= SHORTEST_CLAUSE && at - begun < to - from;
    if (isClause) clauses.push({ from: begun, to: at });
    begun = at + 1;
  }
  return clauses.map((place) => sentenceAt(words, phrases, place));
}

const sentenceAt = (
  { tokens }: SpelledWords,
  phrases: readonly FoundPhrase[],
  { from, to }: SentencePlace,
): JudgedSentence & SentencePlace => ({
  from,
  to,
  words: tokens.slice(from, to).map(({ word }) => word),
  phrases: phrases.filter(({ word }) => word >= from && word < to).map(({ kind }) => kind),
});

function placesOf({ tokens }: SpelledWords): readonly SentencePlace[] {
  const sentences: SentencePlace[] = [];
  let from = 0;
  for (const [at, { word }] of tokens.entries()) {
    const isEnd = word === '.';
    const isLast = word === '?' || at + 1 - from >= MOST_WORDS;
    if (!isEnd && !isLast) continue;
    const to = isEnd ? at : at + 1;
    if (to > from) sentences.push({ from, to });
    from = at + 1;
  }
  return sentences;
}
