import type { Doubt } from './doubt.ts';
import { doubtfulIn } from './learned/learned.ts';
import { numbersIn } from './phrases/numbers.ts';
import { phrasesIn } from './phrases/said.ts';
import { wordsOf } from './words/words.ts';

/** How much of a text is looked through; no child writes as much. */
const MAX_CHARACTERS = 20_000;

/**
 * The words of a child's letter that may hurt or frighten whoever reads it, or tell what one keeps
 * for oneself, in their order and none within another. Pure; nothing is remembered.
 */
export function doubtsIn(text: string): readonly Doubt[] {
  const some = text.slice(0, MAX_CHARACTERS);
  const words = wordsOf(some);
  return apart([...doubtfulIn(words, phrasesIn(words)), ...numbersIn(some)]);
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
