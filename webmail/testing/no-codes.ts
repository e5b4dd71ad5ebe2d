import type { Codes } from '../../core/core.ts';

/** A town where nobody makes codes: their pages are tested on the real core. */
export const NO_CODES: Codes = {
  classes: async () => [],
  pupils: async () => null,
  printSheet: async () => null,
  resetCode: async () => null,
  openBrowser: async () => null,
  closeBrowsers: async () => false,
  browser: async () => null,
  signInByPictures: async () => ({ kind: 'not-here' }),
  checkCode: async () => ({ kind: 'no-match' }),
  activate: async () => ({ kind: 'no-match' }),
};
