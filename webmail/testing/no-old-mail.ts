import type { OldMail } from '../../core/core.ts';

/** A town to which nobody brings old mail. */
export const NO_OLD_MAIL: OldMail = {
  owner: async () => null,
  known: async () => new Set(),
  bring: async () => ({ kind: 'nonexistent' }),
};
