import type { Ruling, Teaching } from '../../core/core.ts';

const missing = async (): Promise<Ruling> => ({ kind: 'missing' });

/** A town where nobody decides about classes: their pages are tested on the real core. */
export const NO_TEACHING: Teaching = {
  classes: async () => [],
  desk: async () => null,
  letter: async () => null,
  rest: missing,
  endRest: missing,
  schools: async () => null,
  linkable: async () => null,
  proposeLink: missing,
  answerLink: missing,
  moderateLink: missing,
  endLink: missing,
  approveCorrespondent: missing,
  removeCorrespondent: missing,
  callForHelp: async () => null,
};
