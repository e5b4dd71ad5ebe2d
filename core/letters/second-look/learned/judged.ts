import { eachFeature } from './features.ts';
import type { JudgedSentence } from './sentences.ts';
import { KINDS, STEP, type Weights } from './weights.ts';

/** What the weights say of a sentence. */
interface Judged {
  /** Logarithm of the odds that it is doubtful. */
  readonly odds: number;
  /** The likeliest kind of doubt: its place in `KINDS`. */
  readonly kind: number;
}

/** How likely it is that a sentence should be read again, and why. Pure. */
export function judged(sentence: JudgedSentence, weights: Weights): Judged {
  const kinds = KINDS.length;
  const sums = new Array<number>(kinds).fill(0);
  let count = 0;
  eachFeature(sentence, (place) => {
    count += 1;
    for (let kind = 0; kind < kinds; kind += 1)
      sums[kind] = (sums[kind] ?? 0) + (weights[place * kinds + kind] ?? 0);
  });
  // The longer a sentence, the less each of its features says.
  const scores = sums.map((sum) => (sum * STEP) / Math.sqrt(count));
  const odds = Math.log(scores.reduce((all, score) => all + Math.exp(score), 0));
  return { odds, kind: scores.indexOf(Math.max(...scores)) };
}
