import type { AppPasswords } from '../../core/core.ts';

/** A town without passwords of devices: enough for every page but their own. */
export const NO_APP_PASSWORDS: AppPasswords = {
  list: async () => [],
  make: async () => ({ kind: 'nameless' }),
  revoke: async () => false,
};
