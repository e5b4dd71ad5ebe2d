import { plural } from './plural-en.ts';
import type { writeFr } from './write-fr.ts';

/** Words of the pages on which one writes. Part of `en.ts`. */
export const writeEn: typeof writeFr = {
  title: { child: 'Write', adult: 'New message' },
  titleTo: (name, list) =>
    list === null || list === 'class' || list === 'office'
      ? `Write to ${name}`
      : `Write to the ${name.charAt(0).toLowerCase()}${name.slice(1)}`.replace('the the ', 'the '),
  skip: { child: 'Skip to my letter', adult: 'Skip to the subject' },
  toWhom: 'To whom?',
  forWhom: 'For',
  wholeClass: 'My whole class',
  pupils: (name, count) =>
    [name, plural(count, 'person', 'people')].filter((word) => word !== '').join(', '),
  findFirstName: 'Look for a first name',
  people: 'People',
  myLetter: 'My letter',
  answerHere: 'Write here.',
  told: (when) => `wrote to you ${when}`,
  messageOf: (name) => `The message of ${name}`,
  crowd: {
    class: 'My class',
    teachers: 'My teachers',
    family: 'My family',
    linked: 'The other class',
    others: 'The others',
  },
  subject: { child: 'Title', adult: 'Subject' },
  body: { child: 'Write your message here', adult: 'Message' },
  format: {
    title: 'Formatting',
    bold: 'Bold, Ctrl B',
    italic: 'Italic, Ctrl I',
    list: 'List, Ctrl Shift 8',
    numbers: 'Numbered list, Ctrl Shift 7',
    link: 'Link, Ctrl K',
    picture: 'Picture in the text',
    clear: 'Remove formatting',
    plain: 'All plain text',
    keys: 'F10: these tools',
    linkBox: {
      title: 'Link',
      words: 'Words',
      address: 'Address',
      why: 'A web or mail address, for example www.museum.org.',
      put: 'Set the link',
      remove: 'No link',
    },
    pictureBox: {
      title: 'Picture in the text',
      says: 'What the picture shows, for those who don’t see it',
      put: 'Done',
      remove: 'As an attachment only',
    },
  },
  draw: 'Draw',
  drawOn: 'Draw on it',
  drawOnOff:
    'Drawing on this drawing takes a browser that allows scripts. Here, one answers with words, or with another drawing.',
  voice: {
    speak: 'Talk',
    stop: (time) => `Stop, ${time}`,
    file: 'voice',
    refused: {
      child: 'The microphone doesn’t open. Ask a grown-up.',
      adult:
        'The microphone doesn’t open. Allow it for this page in your browser, or attach a sound.',
    },
  },
  addFile: { child: 'Add a file', adult: 'Attach' },
  files: {
    total: (count, size, room) => `${plural(count, 'file', 'files')}, ${size} of ${room}`,
    noPlace: {
      child: 'The place is taken out of your pictures.',
      adult: 'The place is taken out of pictures.',
    },
    drag: {
      child: 'You can also drag them here.',
      adult: 'You can also drag them onto the page.',
    },
    tooBig: {
      child: (name, room) => `${name} is too big. There is room for ${room}.`,
      adult: (name, room) => `${name} is too big for this message: there is room for ${room}.`,
    },
    lost: {
      child: 'This file did not arrive. Try again.',
      adult: 'This file did not arrive. Try again.',
    },
    progress: (percent, seconds) => `${percent} %, ${seconds} s left`,
    checking: { child: 'We check that all is well.', adult: 'Being scanned' },
    stop: 'Stop',
  },
  remove: (name) => `Remove ${name}`,
  filesHint: 'Choose a picture, a sound or a sheet.',
  keep: 'Save',
  keepForLater: 'Finish later',
  send: 'Send',
  sendTo: (names) => `Send to ${names}`,
  sendToMany: (count) => `Send to ${count} people`,
  throwAway: 'Throw away',
  to: 'To',
  add: 'Add',
  stays: (drafts) =>
    drafts === 1
      ? 'Nothing is lost: your text waits for you.'
      : 'Nothing is lost: your texts wait for you.',
  seeDrafts: (drafts) => (drafts === 1 ? 'See my text' : 'See my texts'),
  nobodyNow: 'You can write to nobody right now. Your text waits for you. You will send it later.',
  last: {
    title: 'Your last message',
    what: (subject, when) => `“${subject}”, ${when}`,
    read: (read, all) => {
      if (read === 0) return 'No pupil has read it yet';
      if (read === all) return 'All pupils have read it';
      return `${read} of ${all} pupils ${read > 1 ? 'have' : 'has'} read it`;
    },
    others: (count) =>
      count === 1 ? 'The pupil who has not read it' : `The ${count} who have not read it`,
    remind: (count) => (count === 1 ? 'Remind this pupil' : `Remind these ${count} pupils`),
  },
  search: 'Search',
  found: 'Found',
  foundNothing: (text) => `Nobody whom you may write to is called “${text}”.`,
  listNames: {
    families: (name) => `Families, ${name}`,
    team: (name) => `Team, ${name}`,
    pupils: (name) => `Pupils, ${name}`,
    headship: (name) => `Head’s office, ${name}`,
    office: (name) => name,
    town: 'The whole town',
    support: 'The town’s help desk',
  },
  childTitle: {
    family: 'your family',
    class: 'your class',
    linked: 'the other class',
    head: 'the head',
    school: 'school',
  },
  roles: {
    pupil: 'pupil',
    teacher: 'teacher',
    head: 'head',
    staff: 'school staff',
    guardian: 'family',
    agent: 'town',
  },
  chosenMany: {
    pupils: (count) => plural(count, 'pupil', 'pupils'),
    recipients: (count) => plural(count, 'recipient', 'recipients'),
    unread: (count) => plural(count, 'pupil has not read it yet', 'pupils have not read it yet'),
  },
  listCount: (name, count) => `${name}: ${count}`,
  familyOf: (children) => `family of ${children}`,
  cc: 'Cc',
  quick: 'Quick',
  everybody: 'Everybody',
  theirFamilies: 'Their families',
  noFamilies: 'There is no other family to add.',
  suggestions: 'Suggestions',
  keys: { choose: 'choose', enter: 'Enter', add: 'add', escape: 'Esc', close: 'close' },
  suggested: {
    'class-list': 'My classes',
    'own-groups': 'My groups',
    lists: 'Lists',
    team: 'Staff',
    teachers: 'Teachers',
    'own-families': 'Families of my classes',
    pupils: 'Pupils',
    families: 'Families',
    linked: 'Linked class',
    'other-schools': 'Other schools',
    town: 'Town',
    outside: 'Outside',
  },
  beside: 'Answers and reading',
  whenAnswered: 'Who answers, and when',
  whoAnswers: 'Who answers, to whom?',
  toMe: 'To me',
  hiddenHint: 'Nobody sees the list.',
  toEveryone: 'To the whole list',
  note: {
    sender: (list) => `Answers come to you. Everybody sees “${list}”, never the list.`,
    everyone: (list) => `Answers go to everybody in “${list}”.`,
    own: {
      sender: 'Answers will come to you. Nobody sees who else gets this message.',
      none: 'Nobody will be able to answer, nor to see who else gets this message.',
    },
    none: (list) => `Nobody can answer. Everybody sees “${list}”, never the list.`,
  },
  copy: {
    title: 'Copy',
    colleagues: 'To the other teachers',
    hint: 'For families and your groups. What goes to the whole class reaches them anyway.',
  },
  toNobody: 'No answers',
  kept: { child: () => 'Saved under “To finish”', adult: (when) => `Saved ${when}` },
  keptAt: { child: () => 'Saved under “To finish”', adult: (hour) => `Saved at ${hour}` },
  brought: 'A text that was not saved yet is now among your drafts.',
  seeBrought: 'Go on with it',
  unkept: {
    offline: {
      child:
        'Not saved yet: the computer has no network. Your text stays here. Leave this page open.',
      adult:
        'Not saved yet: the connection is cut. Your text stays here and is saved as soon as it is back. Leave this page open.',
    },
    over: {
      child:
        'Not saved yet: you have to sign in again. Your text stays here. Sign in on the other page, then come back.',
      adult:
        'Not saved yet: your session is over. Your text stays here. Sign in on the other page, then come back.',
    },
    other: {
      child:
        'Not saved: somebody else has signed in on this computer. Your text stays here. Ask a grown-up for help.',
      adult:
        'Not saved: somebody else has signed in on this computer. Your text stays here: copy it, or sign in again.',
    },
    broken: {
      child:
        'Not saved yet: the mail is taking a break. Your text stays here. We try again by ourselves.',
      adult:
        'Not saved yet: the service is taking a break. Your text stays here, and another try is made by itself.',
    },
    signIn: { child: 'Sign in again', adult: 'Sign in again' },
  },
  apart: {
    child:
      'This message was changed on another page. What you write here is saved apart: you now have two messages to finish.',
    adult:
      'This draft was changed in another window. What you write here is saved apart, in a second draft.',
  },
  sentAlready: {
    child: 'This message has left already.',
    adult: 'This message has left already.',
  },
  gone: {
    child: 'One person can’t get your messages any more. They are no longer in the list.',
    adult: 'A group that you had chosen is no more: it is no longer among the recipients.',
  },
  nobody: {
    child: 'First choose whom you write to.',
    adult: 'Choose at least one person or list.',
  },
  leftOut: {
    child: {
      empty: 'This file is empty. Choose another one.',
      'too-many': '20 files at a time, no more. This one did not come.',
      infected: 'This file contains a virus. It is not added.',
      kind: 'This file can’t be sent. Choose a picture, a sound or a sheet.',
      busy: 'Too many files come at the same time. Try again in a moment.',
      'too-big': 'This file is too big. Choose a smaller one.',
      silent: 'The file could not be checked. Try again in two minutes.',
    },
    adult: {
      empty: 'This file is empty. Choose another one.',
      'too-many': '20 files at a time, no more: this one did not come.',
      infected: 'This file contains a virus: it is not attached.',
      kind: 'This kind of file can’t be sent.',
      busy: 'Too many files come at the same time: this one isn’t attached. Try again in a moment.',
      'too-big': 'This file is too big. Choose a smaller one.',
      silent:
        'The virus scanner doesn’t answer: the file could not be scanned. Try again in two minutes.',
    },
  },
  waitingForScanner: {
    child: 'Your message waits for a check. It will leave by itself.',
    adult: 'The virus scanner doesn’t answer. This message will leave as soon as it does.',
  },
  refusedHere: {
    child: 'You can’t write to everybody here any more.',
    adult: 'Some people can’t get this answer.',
  },
};
