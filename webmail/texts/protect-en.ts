import type { protectFr } from './protect-fr.ts';

/**
 * Words of the page that protects an account by a code, and of the second step of signing in. Part
 * of `en.ts`.
 */
export const protectEn: typeof protectFr = {
  link: 'Protect my account with a code',
  title: 'Protect my account',
  lead: 'After your password, Préau will ask for a six-digit code that only your phone knows. A stolen password will no longer be enough.',
  leadAgent:
    'An agent of the town opens every school: a password alone is not enough. Each time you sign in, Préau will also ask for a six-digit code that only your phone knows.',
  steps: {
    app: 'Install a code app on your phone',
    appHint:
      'For example Aegis, FreeOTP, Google Authenticator or Microsoft Authenticator. If you have one already, keep it.',
    scan: 'Point the app at this square',
    scanHint: 'In the app, choose “Add”, then aim at this square.',
    picture: 'Square to aim at with the code app; the same key is written below.',
    sameDevice: 'Is this page on the same phone? Open the app from here',
    byHand: 'Or type this key into the app:',
    key: 'The key',
    code: 'Type the code that the app shows',
  },
  code: 'Six-digit code',
  codeHint: 'It changes every thirty seconds.',
  protect: 'Protect my account',
  before:
    'Your mail programs will no longer open with your password: give each one the password of a device.',
  toDevices: 'My mail on my phone',
  noMatch:
    'This code doesn’t fit, or was used already. Wait for the next one in the app, and type it. If none ever fits, check that your phone has the right time.',
  began: 'Your account is protected. The next time you sign in, you will be asked for a code.',
  ended: 'Your account is no longer protected by a code. The password is enough.',
  on: (since) => `Protection set up: ${since}. A six-digit code is asked for after your password.`,
  programs:
    'Your mail programs no longer open with your password: each one takes the password of a device.',
  lostTitle: 'Phone lost or changed?',
  lost: 'Sign in with a recovery code of your sheet. Without the sheet, ask the head of your school or the town for a new opening code. With it you choose a new password, and this protection ends. You can set it up again with your new phone.',
  endTitle: 'No longer protect my account',
  endLead: 'Type a code from the app, to show that it is you.',
  end: 'Stop the protection',
  kept: 'Your sheet of recovery codes is in a safe place.',
  step: {
    title: 'Your code',
    intro: 'Open the code app on your phone, and type the six digits that it shows for Préau.',
    open: 'Open my mail',
    back: 'Back',
    recovery: 'Phone lost? Use a recovery code',
    recoveryCode: 'Recovery code',
    recoveryNoMatch: 'This code doesn’t fit, or was used already. Take the next one on the sheet.',
    recoveryHint: 'One of the ten on your sheet, not crossed out yet. Dashes don’t matter.',
    lost: 'No sheet either? Ask the head of your school or the town for a new opening code, then',
    lostLink: 'open your account with that code',
    empty: 'Type the six digits that the app on your phone shows.',
    tooOld: 'The code came too late. Sign in once more.',
  },
  sheet: {
    title: 'Recovery codes',
    lead: 'Keep this sheet now: these codes will not be shown again.',
    sheet: 'The sheet to keep',
    how: 'If you lose your phone, a code takes the place of the six digits, each one once. Keep the sheet under lock and key, away from the phone.',
    made: (day) => `Préau, sheet made on ${day}`,
    print: 'Print',
    pdf: 'Download the PDF',
    kept: 'I have put this sheet in a safe place',
    fileName: (name) => `Recovery codes ${name}`,
  },
  recovery: {
    title: 'Recovery codes',
    left: (count) =>
      count === 0
        ? 'You have no recovery code left.'
        : `You have ${count} recovery ${count === 1 ? 'code' : 'codes'} left, on the sheet that you put in a safe place.`,
    owed: 'You have not confirmed your sheet yet: make a new one, keep it, then say so.',
    lead: 'If you lose your phone, one of them takes the place of the six digits.',
    renewed: 'Here are your new codes. Those of the old sheet no longer work.',
    again: 'Make a new sheet',
    againHint: 'The codes of the old sheet no longer work.',
  },
};
