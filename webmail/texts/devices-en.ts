import type { devicesFr } from './devices-fr.ts';

/** Words of the page that brings mail to phones and mail programs. Part of `en.ts`. */
export const devicesEn: typeof devicesFr = {
  link: 'My mail on my phone',
  forPupil: 'On my computer', title: 'My mail on my phone',
  lead: 'Get the school’s messages in the app of your phone or computer. Each device has a password of its own: if you lose the device you stop it here, and the rest goes on.',
  leadForPupil: 'Read this page with an adult. They help you put your messages on a phone or a computer.',
  new: 'Add a device', name: 'What is this device called?', nameHint: 'For example “My phone” or “Classroom computer”.', preset: 'My phone',
  apple: 'iPhone, iPad or Mac', appleHint: 'Open this page on the device itself: everything sets itself up.', other: 'Android or computer', otherHint: 'Thunderbird, Gmail, K-9, Outlook… You will get a password to write into the app.',
  nameless: 'Give this device a name, to know it again later.',
  tooMany: (most) => `You have ${most} devices already. Stop one that you no longer use, then try again.`,
  list: 'My devices', none: 'No device yet.', made: (when) => `added: ${when}`, used: (when) => `seen: ${when}`, unused: 'never used',
  stop: 'Stop', stopFor: (name) => ` ${name}`, stopped: 'The device is stopped. It can no longer read or send.',
  madeTitle: (name) => `${name}: three steps`,
  once: 'This password will never be shown again. Keep this page open until you have finished.',
  password: 'The password of this device', copy: 'Copy', copied: 'Copied',
  steps: {
    open: 'Open the mail app, then “Add an account”', openHint: 'If it offers several kinds, take “Other” or “IMAP”.',
    address: 'Write your name and your address',
    password: 'Give this password', passwordHint: 'If you write it by hand, capitals and dashes don’t matter.',
  },
  rest: 'Nearly always the app finds the rest by itself. If it asks for servers, copy these. The password is that of step 3, for receiving and for sending.',
  servers: 'Servers, if the app asks for them', incoming: 'Incoming mail (IMAP)', outgoing: 'Outgoing mail (SMTP)', host: 'Server', port: 'Port', security: 'Security', user: 'User name', tls: 'SSL/TLS',
  appleSteps: 'After the download, go to Settings, “Profile Downloaded”, then Install; on a Mac open the file, then System Settings, General, Device Management. Press once: each download is one more device in the list.',
  profileName: (school) => `Mail – ${school}`, profileText: 'Sets up the school’s mail on this device.', profileFile: 'school-mail.mobileconfig',
  back: 'I have finished',
};
