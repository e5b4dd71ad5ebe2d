import type { devicesFr } from './devices-fr.ts';

/** Words of the page that brings mail to phones and mail programs. Part of `en.ts`. */
export const devicesEn: typeof devicesFr = {
  link: 'My mail on my phone',
  forPupil: 'On my computer', title: 'My mail on my phone',
  lead: 'Get the school’s messages in the app of your phone or computer. Each device has a password of its own: if you lose the device you stop it here, and the rest goes on.',
  new: 'Add a device', name: 'What is this device called?', nameHint: 'For example “My phone” or “Classroom computer”.', preset: 'My phone',
  apple: 'iPhone or iPad', appleHint: 'Everything sets itself.', other: 'Android or computer', otherHint: 'Thunderbird, Gmail, K-9, Outlook…',
  nameless: 'Give this device a name, to know it again later.',
  tooMany: (most) => `You have ${most} devices already. Stop one that you no longer use, then try again.`,
  list: 'My devices', none: 'No device yet.', made: (when) => `added: ${when}`, used: (when) => `seen: ${when}`, unused: 'never used',
  stop: 'Stop', stopFor: (name) => ` ${name}`, stopped: 'The device is stopped. It can no longer read or send.',
  madeTitle: (name) => `${name}: three steps`,
  once: 'This password will never be shown again. Keep this page open until you have finished.',
  password: 'The password of this device',
  steps: [
    'Open the mail app, then “Add an account” (choose “Other” or “IMAP” if asked).',
    'Write your name and your address:',
    'Write this password, letter by letter. Capitals and dashes don’t matter:',
  ],
  rest: 'The app finds the rest by itself. If it asks for servers, here they are.',
  servers: 'Servers, if the app asks for them', incoming: 'Incoming mail (IMAP)', outgoing: 'Outgoing mail (SMTP)', host: 'Server', port: 'Port', security: 'Security', user: 'User name', tls: 'SSL/TLS',
  appleSteps: 'On the iPhone, after the download: Settings, “Profile Downloaded”, Install.',
  profileName: (school) => `Mail – ${school}`, profileText: 'Sets up the school’s mail on this device.', profileFile: 'school-mail.mobileconfig',
  back: 'I have finished',
};
