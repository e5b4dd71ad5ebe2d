import type { SearchQuery } from '../contract.ts';

/** All these words, everywhere, the last one not typed to its end: as a page asks for them. */
export function wordsQuery(words: string): SearchQuery {
  const all = words.split(/\s+/).filter((word) => word !== '');
  return {
    terms: all.map((text, at) => ({
      kind: 'word',
      text,
      isBeginning: at === all.length - 1,
      not: false,
    })),
    within: null,
    by: 'message',
  };
}
