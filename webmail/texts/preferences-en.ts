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
    rows: 'Rows of the list',
    after: 'Once the message is put away',
    afters: { '': 'Back to the list', next: 'Open the next one' },
    rowses: { '': 'Airy', dense: 'Close' },
    shortcuts: 'Keyboard shortcuts',
    shortcutsHint: 'J, K, R, E… The ? key shows the list.',
    keys: 'See the list of keys',
  },
  notices: {
    title: 'Notices',
    lead: 'A small notice on the desktop when a message comes and you aren’t looking at Préau.',
    on: 'Tell me on this computer',
    daily: 'One word a day of what waits',
    dailyHint:
      'In the evening of a school day, where there is something new: papers to sign, then notices of the board. Never more than one.',
    onHint: 'It says “New message from…”, nothing more.',
    subject: 'Show the title of the message, too',
    kinds: 'Tell me when',
    kind: {
      held: 'A message waits for my word',
      families: 'A family writes to me',
      pupils: 'A pupil writes to me',
      team: 'The team writes to me',
      others: 'Somebody else writes to me',
    },
    gathered: 'Gather the notices of pupils',
    gatheredHint: 'One notice, at 12:00 and at 16:30.',
    fromPupils: (letters) =>
      letters === 1
        ? 'A message of a pupil waits for you'
        : `${letters} messages of pupils wait for you`,
    from: (name) => `New message from ${name}`,
    waits: 'A message waits for your word',
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
    on: ({ name, platform }) => (platform === '' ? name : `${name} on ${platform}`),
    seen: (when: string) => `Seen: ${when}`,
    never: 'Never used',
    stop: 'Disconnect',
    add: 'Add a device',
    closeOthers: 'Disconnect all but this one',
    closeOthersHint:
      'The other computers, phones and mail programs. Their passwords are no longer good: add those anew that you keep.',
    closeNow: 'Disconnect all',
    closed: 'Préau is no longer open on that computer.',
    alone: 'Done: your mail is open here alone.',
    stopped: 'The device is disconnected. It can no longer read or send.',
  },
  account: { title: 'Account' },
};
