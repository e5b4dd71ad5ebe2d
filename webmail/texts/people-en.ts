import type { peopleFr } from './people-fr.ts';

/** Words of the pages of a school's people, and of one's own mail taken along. Part of `en.ts`. */
export const peopleEn: typeof peopleFr = {
  link: 'People of the school',
  title: 'People of the school',
  lead: 'A code for who is new or has lost their password, an address to correct, a departure to write down.',
  search: 'Search',
  field: 'Name or address',
  everybody: 'All',
  roles: { pupil: 'Pupils', guardian: 'Families', adult: 'Adults' },
  kinds: 'Who',
  count: (count: number, more: boolean) =>
    more
      ? `The first ${count}. Write a name to find the others.`
      : `${count} ${count === 1 ? 'person' : 'people'}`,
  nobody: 'Nobody has this name here.',
  role: { pupil: 'pupil', guardian: 'family', teacher: 'teacher', head: 'head', staff: 'staff' },
  leaving: (day: string) => `leaves on ${day}`,
  left: (day: string) => `left on ${day}`,
  suspended: 'account suspended',
  all: 'All people',
  open: 'Open',
  access: 'Signing in',
  way: {
    password: 'Has a password.',
    code: 'Has a code on paper, not yet used.',
    none: 'Has neither code nor password yet.',
  },
  codeHint:
    'A code works once and is shown once: with it the person chooses a new password. The code before it no longer works.',
  tellHint: 'Today’s password works until then, and a message tells the person.',
  codeScreen: 'Show a new code',
  codePdf: 'Sheet to print (PDF)',
  pupilHint: 'A pupil’s codes are made on the page of the class: pictures are there too.',
  classPage: 'Codes of the class',
  fresh: (name: string) => `New code of ${name}`,
  freshOnce: 'Write it down now, it will not be shown again. The old one no longer works.',
  backTo: 'Back to the person',
  print: 'Print a sheet instead',
  address: 'Address',
  addressHint:
    'It can be corrected as long as nobody has used this account. The old one will be given to nobody else.',
  newAddress: 'New address',
  correct: 'Correct',
  usedHint: 'The account is in use: the address does not change any more.',
  family: 'Family',
  familyHint:
    'A blocked guardian and the child no longer write to each other, nor the guardian to the teachers. It holds at once and through every import.',
  block: 'Block',
  unblock: 'Allow again',
  blocked: 'blocked',
  trouble: {
    ownChild: 'This is about you: ask the town.',
    shape: 'Write given.family, in small letters without accents; a hyphen or a digit is possible.',
    taken: 'This address is, or once was, somebody’s. Add a digit.',
    used: 'The account has just been used: the address does not change any more.',
    day: 'Choose a day, today or later.',
    self: 'You can’t write down your own departure: ask the town.',
  },
  departure: 'Departure',
  departureHint:
    'On that day the person can no longer sign in and leaves their classes. Their mail is retained three months, then erased; their address is never given again.',
  day: 'First day without access',
  plan: 'Write down the departure',
  today: 'Today',
  leavesOn: (day: string) => `Leaves on ${day}. Until then everything goes on.`,
  leftOn: (day: string, erased: string) =>
    `Left on ${day}. The mail is retained until ${erased}, then erased.`,
  goneOn: (day) => `From ${day} on no backup has it any more.`,
  stays: 'Take the departure back',
  staysHint: 'Classes that were left are then given back by hand.',
  mail: 'Their mail',
  mailHint:
    'A ZIP file with all messages and attachments, to be handed to the family. This act is written down.',
  mailAdult: 'An adult’s mail is handed over by the town alone, when they ask.',
  take: 'Download the mail (ZIP)',
  notBefore: 'It can be handed over once the departure is written down.',
  said: {
    block: 'This guardian is blocked.',
    unblock: 'This guardian may write again.',
    address: 'The address is corrected.',
    leave: 'The departure is written down.',
    stay: 'The departure is taken back.',
  },
  own: {
    link: 'Take my mail along',
    forPupil: 'Take my messages along',
    title: 'Take my mail along',
    adult: {
      lead: 'A ZIP file with all your messages and their attachments. When you leave the school your mail is retained three months, then erased.',
      hint: 'The file is made while you download it: a large mailbox takes a while. Keep it safe.',
      take: 'Download my mail',
    },
    child: {
      lead: 'All your messages and drawings, in one file to take along.',
      hint: 'Ask a grown-up to help you.',
      take: 'Take my messages',
    },
  },
};
