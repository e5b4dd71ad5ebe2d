import type { ClassActed, Classes, Trails } from '../../core/core.ts';

const missing = async (): Promise<ClassActed> => ({ kind: 'missing' });

/** A town whose classes nobody changes: their pages are tested on the real core. */
export const NO_CLASSES: Classes = {
  schools: async () => [],
  open: missing,
  overview: async () => null,
  create: missing,
  change: missing,
  end: missing,
  spread: missing,
  undoLast: missing,
  placeAdult: missing,
  removeAdult: missing,
};
export const NO_TRAILS: Trails = { ofSchool: async () => null, ofAgents: async () => null };
