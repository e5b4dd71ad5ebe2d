/** Where Debian puts it; `npm test` installs what is missing. */
export const ESPEAK = '/usr/bin/espeak-ng';
