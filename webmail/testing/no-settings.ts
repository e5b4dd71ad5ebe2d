import type { Settings } from '../../core/core.ts';

/** A town whose schools nobody sets: their page is tested on the real core. */
export const NO_SETTINGS: Settings = {
  of: async () => null,
  townStopped: async () => null,
  save: async () => 'missing',
};
