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
  notices: {
    title: 'Notices',
    lead: 'A small notice on the desktop when a message comes and you aren’t looking at Préau.',
    on: 'Tell me on this computer',
    onHint: 'It says “New message from…”, nothing more.',
    subject: 'Show the title of the message, too',
    from: (name) => `New message from ${name}`,
    ask: 'Allow notices in this browser',
    denied:
      'This browser refuses notices from Préau. Allow them in its settings, on the page of this site’s permissions.',
    shared:
      'On a shared computer there are no notices. To get them on yours, tick “This computer is mine” when you sign in.',
  },
  devices: {
    title: 'Devices',
    this: 'This computer',
    now: 'Right now',
    here: 'here',
    other: 'Préau open on another computer',
    seen: (when: string) => `Seen: ${when}`,
    never: 'Never used',
    stop: 'Disconnect',
    add: 'Add a device',
    closeOthers: 'Close Préau on the other computers',
    closed: 'Préau is open here alone by now. Your phones and programs go on.',
    stopped: 'The device is disconnected. It can no longer read or send.',
  },
  account: { title: 'Account' },
};
