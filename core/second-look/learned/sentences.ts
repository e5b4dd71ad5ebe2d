import type { DoubtKind } from '../doubt.ts';
import type { FoundPhrase } from '../phrases/said.ts';
import type { Words } from '../words/words.ts';

/** A sentence as it is judged. */
export interface Sentence {
  readonly words: readonly string[];
  /** The kinds of the phrases that begin in it. */
  readonly phrases: readonly DoubtKind[];
}

/** Where a sentence stands among the words of its text; the second is exclusive. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** Who writes without a full stop has a sentence after so many words. */
const MOST_WORDS = 24;

/** The sentences of a text; a question has its mark, others have none. Pure. */
export function sentencesOf(
  words: Words,
  phrases: readonly FoundPhrase[],
): readonly (Sentence & Place)[] {
  return placesOf(words).map(({ from, to }) => ({
    from,
    to,
    words: words.tokens.slice(from, to).map(({ word }) => word),
    phrases: phrases.filter(({ word }) => word >= from && word < to).map(({ kind }) => kind),
  }));
}

function placesOf({ tokens }: Words): readonly Place[] {
  const sentences: Place[] = [];
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
