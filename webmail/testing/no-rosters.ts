import type { PendingImports, Rosters, SchoolId } from '../../core/core.ts';

/** A town whose rosters nobody imports: that is tested on the real core. */
export const NO_ROSTERS: Rosters = {
  preview: async () => ({ kind: 'no-school' }),
  apply: async () => ({ kind: 'no-school' }),
  undo: async () => ({ kind: 'nothing-to-undo' }),
  rehearsal: async () => null,
  moveRollOver: async () => false,
  history: async () => [],
  schoolOf: async (): Promise<SchoolId | null> => null,
};

/** Nobody's desk. */
export const NO_IMPORTS: PendingImports = {
  schools: async () => [],
  ofSchool: async () => null,
  upload: async () => null,
  draft: async () => null,
  choose: async () => false,
  askColumns: async () => false,
  apply: async () => null,
  discard: async () => false,
  undo: async () => null,
  report: async () => null,
  codes: async () => null,
  takeCodesBack: async () => {},
  rehearsal: async () => null,
  rollOverDay: async () => null,
  moveRollOver: async () => false,
  uploadTown: async () => null,
  batches: async () => [],
  batch: async () => null,
  applyBatch: async () => false,
  moves: async () => [],
  decideMoves: async () => null,
  close: async () => {},
};
