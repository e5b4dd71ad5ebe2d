import type { Doubt } from '../doubt.ts';
import type { FoundPhrase } from '../said.ts';
import type { SpelledWords } from '../words/words.ts';
import { eachFeature } from './features.ts';
import { judged } from './judged.ts';
import { clausesOf, sentencesOf, type SentencePlace, type JudgedSentence } from './sentences.ts';
import { KINDS, learnedWeights } from './weights.ts';

/** A sentence of so few words is a name or a greeting as easily as anything else. */
const FEW_WORDS_SAID = 3;

/**
 * From which logarithm of the odds on a sentence is doubtful: where a phrase stands in it from even
 * odds on, else where it is clear, and of a few words only where nothing else could be meant. `npm
 * run learn` prints how many harmless sentences of themes kept out are doubtful by it: 3 %, most of
 * them written to lie close to doubtful ones.
 */
const LEAST_ODDS = { withPhrase: 0, without: 0.75, ofFewWords: 2 };

/** Whether a sentence with these odds is doubtful. */
export const isDoubtful = (sentence: JudgedSentence, odds: number): boolean =>
  odds >= LEAST_ODDS[knownBy(sentence)] &&
  (sentence.phrases.length > 0 || sentence.words.some(isOurs));

/** Sums, and what is written in another alphabet, are nothing that was learned. */
const isOurs = (word: string): boolean => /[a-z]{2}/.test(word);

/** How much likelier than not a clause must be doubtful whose sentence isn't. */
const CLAUSE_ODDS = 1;

function knownBy({ words, phrases }: JudgedSentence): keyof typeof LEAST_ODDS {
  if (phrases.length > 0) return 'withPhrase';
  return words.length <= FEW_WORDS_SAID ? 'ofFewWords' : 'without';
}

/**
 * The doubtful words of a text. Each sentence is judged by what has been learned, of which the
 * phrases that stand in it are a part, then each clause of a long one; its doubtful words are these
 * phrases, and where there is none the words that weigh the most. Pure.
 */
export function doubtfulIn(words: SpelledWords, phrases: readonly FoundPhrase[]): readonly Doubt[] {
  return sentencesOf(words, phrases).flatMap((whole) => {
    const isDoubted = isDoubtful(whole, judged(whole, learnedWeights()).odds);
    const doubted = isDoubted ? [whole] : clausesOf(words, phrases, whole).filter(isDoubtfulAlone);
    return doubted.flatMap((sentence) => doubtsOf(sentence, words, phrases));
  });
}

const isDoubtfulAlone = (clause: JudgedSentence): boolean =>
  isDoubtful(clause, judged(clause, learnedWeights()).odds - CLAUSE_ODDS);

function doubtsOf(
  sentence: JudgedSentence & SentencePlace,
  { tokens }: SpelledWords,
  phrases: readonly FoundPhrase[],
): readonly Doubt[] {
  const own = phrases.filter(({ word }) => word >= sentence.from && word < sentence.to);
  if (own.length > 0) return own;
  const { kind } = judged(sentence, learnedWeights());
  const { from, to } = strongest(evidenceFor(kind, sentence));
  const start = tokens[sentence.from + from]?.start ?? 0;
  const end = tokens[sentence.from + to - 1]?.end ?? 0;
  return [{ kind: KINDS[kind] ?? 'hurts', start, end }];
}

/** How much each word of a sentence speaks for a kind: its part of each feature's weight. */
function evidenceFor(kind: number, sentence: JudgedSentence): readonly number[] {
  const evidence = sentence.words.map(() => 0);
  const weights = learnedWeights();
  eachFeature(sentence, (place, from, to) => {
    const part = (weights[place * KINDS.length + kind] ?? 0) / (to - from);
    for (let at = from; at < to; at += 1) evidence[at] = (evidence[at] ?? 0) + part;
  });
  return evidence;
}

/** So few words at an end belong to what is beside them: « c’est raté | ton truc ». */
const FEW_WORDS = 3;

/** The words beside one another that speak the most together (Kadane 1984). */
function strongest(evidence: readonly number[]): {
  readonly from: number;
  readonly to: number;
} {
  let best = { from: 0, to: evidence.length, sum: -Infinity };
  let run = { from: 0, sum: 0 };
  for (const [at, weight] of evidence.entries()) {
    run = run.sum > 0 ? { ...run, sum: run.sum + weight } : { from: at, sum: weight };
    if (run.sum > best.sum) best = { from: run.from, to: at + 1, sum: run.sum };
  }
  return {
    from: best.from <= FEW_WORDS ? 0 : best.from,
    to: evidence.length - best.to <= FEW_WORDS ? evidence.length : best.to,
  };
}
