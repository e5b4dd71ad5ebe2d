import type { Rosters, SchoolId } from '../../core/core.ts';

/** A town whose rosters nobody imports: that is tested on the real core. */
export const NO_ROSTERS: Rosters = {
  preview: async () => ({ kind: 'no-school' }), apply: async () => ({ kind: 'no-school' }), undo: async () => ({ kind: 'nothing-to-undo' }),
  rehearsal: async () => null, moveRollOver: async () => false, history: async () => [], schoolOf: async (): Promise<SchoolId | null> => null,
};
