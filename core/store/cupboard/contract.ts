/** Who sees something besides its author, where they see the folders around it. */
export type Sees = 'author' | 'pupils' | 'families';
