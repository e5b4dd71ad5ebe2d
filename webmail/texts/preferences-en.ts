import type { preferencesFr } from './preferences-fr.ts';

/** Words of an adult's own settings. Part of `en.ts`. */
export const preferencesEn: typeof preferencesFr = {
  title: 'Settings',
  saved: 'Your settings are saved.',
  save: 'Save',
  reading: {
    title: 'Reading and language',
    lead: 'Saved with your account: the same on all your computers.',
    language: 'Language',
    languages: { fr: 'Français', en: 'English' },
    paper: 'Appearance',
    papers: { '': 'As on my computer', white: 'Light', night: 'Dark' },
    size: 'Size of text',
    sizes: { '': 'Normal', large: 'Large', larger: 'Very large' },
    font: 'Letters',
    fonts: { '': 'Usual', andika: 'Andika, round', opendyslexic: 'OpenDyslexic' },
    by: 'List of messages',
    bys: { conversation: 'By conversation', message: 'One message a row' },
    shortcuts: 'Keyboard shortcuts',
    shortcutsHint: 'J, K, R, E… The ? key shows the list.',
    keys: 'See the list of keys',
  },
  devices: { title: 'Devices', lead: 'Your messages on your phone or in a mail program.' },
  account: { title: 'Account' },
};
