import type { passwordFr } from './password-fr.ts';

/** Words of the page where an adult changes their own password. Part of `en.ts`. */
export const passwordEn: typeof passwordFr = {
  link: 'Change my password',
  title: 'Change my password',
  lead: 'Préau will close on your other computers, and a code on paper that still waits will be void.',
  before: 'Current password',
  chosen: 'New password',
  codeHint: 'From the app of codes on your phone.',
  devices: 'Disconnect as well',
  devicesHint:
    'Untick a device that is yours: it has a password of its own, and will go on opening your mail.',
  change: 'Change the password',
  back: 'Back to settings',
  changed:
    'Your password is changed. Préau is open on this computer alone, and a message tells you so.',
  wrong: 'That is not your current password. Check Caps Lock.',
  same: 'It is the same as before. Take another one.',
  empty: 'Type your current password and the new one.',
  tooLate:
    'Your password has just been changed elsewhere. Nothing was changed from here. Sign in again; if it was not you, ask for a new code.',
};
