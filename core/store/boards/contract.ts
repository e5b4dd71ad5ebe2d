/** Who reads a board: the pupils of its class, their families, or those who work in the school. */
export type BoardReaders = 'pupils' | 'families' | 'team';
