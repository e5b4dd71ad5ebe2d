import type { Doubt } from '../doubt.ts';
import type { Words } from '../words/words.ts';
import { eachFeature } from './features.ts';
import { judged } from './judged.ts';
import { sentencesOf, type Sentence } from './sentences.ts';
import { KINDS, WEIGHTS } from './weights.ts';

/** A sentence of a text, and what has been learned of such sentences. */
export interface JudgedSentence {
  /** Offsets in the text; the second is exclusive. */
  readonly start: number;
  readonly end: number;
  /** Logarithm of the odds that it is doubtful. */
  readonly odds: number;
  /** Which of its words speak for it; null where it isn't doubtful. */
  readonly found: Doubt | null;
}

/**
 * From which odds on a sentence is doubtful though no phrase says so: with these one in a hundred
 * harmless sentences is, of themes kept out of learning (`npm run learn` says how many).
 */
export const LEAST_ODDS = 2;
/** Below these odds a sentence is harmless, even where a phrase finds words in it. */
export const HARMLESS_ODDS = -2;

/** Judges each sentence of a text by the weights. Pure. */
export function sentencesJudged(words: Words): readonly JudgedSentence[] {
  return sentencesOf(words).map((sentence) => judgedSentence(words, sentence));
}

function judgedSentence({ tokens }: Words, { from, to }: Sentence): JudgedSentence {
  const said = tokens.slice(from, to).map(({ word }) => word);
  const { odds, kind } = judged(said, WEIGHTS);
  const place = (words: Sentence): { readonly start: number; readonly end: number } => ({
    start: tokens[words.from]?.start ?? 0,
    end: tokens[words.to - 1]?.end ?? 0,
  });
  if (odds < LEAST_ODDS) return { ...place({ from, to }), odds, found: null };
  const evidence = strongest(evidenceFor(kind, said));
  const words = { from: from + evidence.from, to: from + evidence.to };
  return { ...place({ from, to }), odds, found: { kind: KINDS[kind] ?? 'hurts', ...place(words) } };
}

/** How much each word of a sentence speaks for a kind: its part of each feature's weight. */
function evidenceFor(kind: number, words: readonly string[]): readonly number[] {
  const evidence = words.map(() => 0);
  eachFeature(words, (place, from, to) => {
    const part = (WEIGHTS[place * KINDS.length + kind] ?? 0) / (to - from);
    for (let at = from; at < to; at += 1) evidence[at] = (evidence[at] ?? 0) + part;
  });
  return evidence;
}

/** So few words at an end belong to what is beside them: « c’est raté | ton truc ». */
const FEW_WORDS = 3;

/** The words beside one another that speak the most together (Kadane 1984). */
function strongest(evidence: readonly number[]): Sentence {
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
