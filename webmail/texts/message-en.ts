import type { messageFr } from './message-fr.ts';
import { plural } from './plural-en.ts';

/** Words of the page of one message. Part of `en.ts`. */
export const messageEn: typeof messageFr = {
  back: 'My messages',
  keep: 'Keep',
  kept: 'Kept',
  unkeep: 'Keep no longer',
  throwAway: { child: 'Throw away', adult: 'Delete' },
  putBack: 'Put back into the inbox',
  putBackSent: 'Put back into sent mail',
  putBackDraft: { child: 'Take this text back', adult: 'Put back into the drafts' },
  eraseForGood: 'Erase for ever',
  forward: 'Forward',
  forwardPrefix: 'Fwd: ',
  forwarded: {
    title: 'Forwarded message',
    from: 'From: ',
    date: 'Date: ',
    subject: 'Subject: ',
    to: 'To: ',
    attached: 'The message is attached.',
  },
  original: 'Download the original',
  originalName: 'message',
  headers: 'Header of the message',
  backToIt: 'Back to the message',
  allFiles: 'Download all (.zip)',
  more: 'More',
  quoted: 'Quoted text',
  unread: 'Mark as unread',
  archive: 'Archive',
  print: 'Print',
  from: 'From',
  to: (names) => `to ${names}`,
  toYou: { child: 'to you', adult: 'to you' },
  copy: (names) => `copy to ${names}`,
  toWholeClass: 'to the whole class',
  outside: { child: 'Not from school', adult: 'Outside' },
  first: {
    short: 'First time',
    outside: 'from outside',
    elsewhere: 'from another school',
    line: (where) => `This person writes to you for the first time, ${where}:`,
  },
  afar: {
    left: (count) =>
      count === 1
        ? 'A picture comes from another server and is not shown.'
        : `${count} pictures come from another server and are not shown.`,
    tells:
      'Showing them tells the sender that you have opened this message, at what time, and the network address of this computer.',
    show: 'Show them',
    shown: 'Pictures from another server are shown this time.',
    always: 'Pictures from this person are always shown.',
    want: { 'at-once': 'Always from this person', 'when-asked': 'Ask again from now on' },
  },
  junk: {
    title: 'This message is probably junk.',
    signs: {
      'domain-alike': 'Its address imitates that of the schools, and is none of theirs.',
      'colleagues-name': 'It bears the name of somebody of your school, and comes from elsewhere.',
      'answer-elsewhere': 'An answer would go to another address than the one it comes from.',
      'link-elsewhere': 'A link leads to another site than the one written on it.',
      'first-time': 'This address writes to you for the first time.',
      unproven: 'Nothing proves who wrote it.',
      'server-without-name': 'The server that brings it doesn’t say its name.',
      'server-unknown': 'The server that brings it is known by no name.',
      rspamd: 'The town’s filter takes it for junk.',
      'domain-asks':
        'Nothing proves who wrote it, and the domain of its address asks to set it apart.',
    },
    careful:
      'Open neither its links nor its files before you have asked the person, without answering this message.',
    none: 'This is no junk',
  },
  claimed: {
    child: (names) => `The message names ${names} too. It was not sent to them.`,
    adult: (names) => `The header names ${names} too: this message was not addressed to them.`,
  },
  namesake: (name, address) =>
    `Careful: “${name}” is known here under another address, ${address}. This message does not come from it: check who wrote it.`,
  reply: 'Reply',
  replyTo: (name) => `Reply to ${name}`,
  replyAll: { child: 'Reply to everybody', adult: 'Reply to all' },
  replyClass: 'Reply to the class',
  quick: (name) => `Reply to ${name}`,
  quickHint: 'Only this person will read your answer.',
  begun: (when) => `You have begun an answer, ${when}.`,
  goOn: 'Go on',
  send: 'Send',
  you: 'You',
  conversation: (count) => `Conversation of ${plural(count, 'message', 'messages')}`,
  openIt: 'Open this message',
  tooLong: 'This message is long.',
  scanned: 'scanned',
  picture: (name) => `Attached picture: ${name}`,
  sound: (name) => `Attached sound: ${name}`,
  film: (name) => `Attached film: ${name}`,
  fetch: 'Download',
  pdf: {
    active:
      'This file does more than be read (a program, a form that is sent, a file within), or it is protected or very large: it doesn’t open here.',
    noViewer: 'This file doesn’t open here.',
    see: 'See the pages',
    pages: 'Pages',
    page: (page, pages) => `Page ${page} of ${pages}`,
    before: 'Previous',
    after: 'Next',
    text: 'The words of this page',
    noPages: 'The pages of this file can’t be shown: it is protected, damaged or very large.',
  },
  event: {
    title: 'Attached appointment',
    cancelled: 'cancelled',
    repeats: ', and comes again',
    until: (from, until) => `${from}, until ${until}`,
    take: 'Put into a calendar',
    toWeek: 'Add to the week',
    toWeekOf: (name) => `Add to the week of ${name}`,
  },
  formatted: 'Formatted message',
  formattedLate: {
    child:
      'This message is too long to lay out right now. Here is how it begins. You can open it again in a moment.',
    adult:
      'This message could not be laid out in time. Here is how it begins, as plain text; open it again in a moment.',
  },
  asText: 'Read as plain text',
  noText: { child: 'Nothing is written here.', adult: 'This message has no text.' },
  report: 'This bothers me',
  noAnswer: {
    child: (name) => `${name} expects no answer.`,
    adult: (name) => `${name} expects no answer to this message.`,
  },
  why: 'Why did this message come?',
  because: {
    child: {
      class: (name) => `You are together in ${name}. In one class, people can write to each other.`,
      school: (name) => `This person works in your school, ${name}.`,
      family: () => 'This is somebody of your family.',
      link: (name) => `Your class and the class ${name} are pen pals. Your teachers agreed.`,
      outside: () =>
        'This person is not from school. Your class knows them, and your teacher read the message.',
      system: () => 'This is a note from the mail itself.',
      added: () => 'This message didn’t arrive: you put it here.',
      brought: () => 'This message comes from your old mail.',
    },
    adult: {
      class: (name) => `You share the class ${name}.`,
      school: (name) =>
        name === '' ? 'You are of the same school.' : `You are joined by the school ${name}.`,
      family: (name) =>
        name === ''
          ? 'This person is of a pupil’s family, or your child.'
          : `This person is linked with ${name}.`,
      link: (name) => `A link between two classes joins you (${name}).`,
      outside: () =>
        'The address is outside the town. Adults of the schools may receive such mail.',
      system: () => 'This is a notice of the mail service.',
      added: () => 'This message didn’t arrive: you added it with a mail program.',
      brought: () => 'This message comes from your old mail, from where the town brought it.',
    },
  },
  waiting: { child: 'This message has not left yet.', adult: 'This message is waiting.' },
  added: {
    child: 'You put this message here. Nobody sent it to you.',
    adult: 'You added this message with a mail program. Nobody has checked who wrote it.',
  },
  brought: {
    child: 'This message comes from your old mail.',
    adult: 'This message comes from your old mail. Nobody has checked here who wrote it.',
  },
  givenBack: {
    child: 'This message came back to you.',
    adult: 'This message was given back to you.',
  },
  notToAll: {
    child: 'This message did not reach everybody. A note in your messages says why.',
    adult: 'This message did not reach everybody it was for. A notice in your messages says whom.',
  },
  noteFrom: { child: 'A word from your teacher:', adult: 'A word from the person who read it:' },
};
