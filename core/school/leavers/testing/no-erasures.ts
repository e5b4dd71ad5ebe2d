import type { Erasures } from '../erasures.ts';

/** Where nobody looks at what is noted. */
export const NO_ERASURES: Erasures = { note: () => {}, goneFrom: () => ({}) };
