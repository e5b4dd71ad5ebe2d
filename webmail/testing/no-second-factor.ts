import type { SecondFactor } from '../../core/core.ts';

/**
 * A town where nobody protects their account: enough for every page but that of the second factor.
 */
export const NO_SECOND_FACTOR: SecondFactor = {
  state: async () => null,
  begin: () => ({ key: '', uri: '' }),
  confirm: async () => ({ kind: 'refused' }),
  end: async () => ({ kind: 'no-match' }),
};
