/** What a feed says, as its owner wishes; names and places say how. */
export type FeedSays = 'bring' | 'specials' | 'papers' | 'lessons' | 'names' | 'places';
export const FEED_SAYS: readonly FeedSays[] = [
  'bring',
  'specials',
  'papers',
  'lessons',
  'names',
  'places',
];
