import type { Words } from '../words/words.ts';

/** Which words of a text make a sentence; the second is exclusive. */
export interface Sentence {
  readonly from: number;
  readonly to: number;
}

/** Who writes without a full stop has a sentence after so many words. */
const MOST_WORDS = 24;

/** The sentences of a text; a question has its mark, others have none. Pure. */
export function sentencesOf({ tokens }: Words): readonly Sentence[] {
  const sentences: Sentence[] = [];
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
