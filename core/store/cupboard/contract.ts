/** Who sees something besides its author, where they see the folders around it. */
export type Sees = 'author' | 'team' | 'pupils' | 'families';

/** With what a teacher gives something back: `again` is to be finished. */
export type Stamp = 'bravo' | 'done' | 'again';
