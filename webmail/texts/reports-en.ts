import { plural } from './plural-en.ts';
import type { reportsFr } from './reports-fr.ts';

/** Part of `en.ts`. */
export const reportsEn: typeof reportsFr = {
  child: {
    title: 'A grown-up helps you',
    thanks: 'You did well to say so',
    letterOf: (name: string) => `The letter from ${name}`,
    gone: 'The letter is no longer among your messages. There is nothing you have to do.',
    asked: (names: string) => `Who will read it: ${names}.`,
    reads: (name: string) => `${name} has read this letter to help you.`,
    takes: (name: string) => `${name} is looking after it.`,
    done: (name: string) => (name === '' ? 'It is over.' : `It is over, with the help of ${name}.`),
    says: (name: string) => (name === '' ? 'A word for you:' : `${name} tells you:`),
    seen: 'I have read it',
    now: 'I need help now',
    called: 'Done. A grown-up knows that you need them now.',
    talk: 'You can also talk about it',
    talkWho: 'Go and see a grown-up you like: at school, or at home.',
    number: 'You can call',
    numberWhat: 'It is free. Somebody listens to you, every day from 9 am to 11 pm.',
    undo: (seconds: number) => `The letter goes to a grown-up. You can take it back: ${seconds}`,
    undoButton: 'Take it back',
    sent: 'A grown-up knows.',
    late: 'A grown-up has the letter already. Tell them if it was a mistake.',
    empty: 'Nothing bothers you just now.',
    emptyHow: 'Under each letter there is “This bothers me”. A grown-up reads it and helps you.',
    banner: {
      asked: 'You said that a letter bothers you. A grown-up will read it.',
      taken: (name: string) => `${name} is looking after the letter that bothers you.`,
      done: (name: string) =>
        name === '' ? 'It is over.' : `It is over, with the help of ${name}.`,
    },
    see: 'See',
  },
  nav: 'Reports',
  navShort: 'Reports',
  inMenu: (count) => (count === 1 ? 'open report' : 'open reports'),
  tab: (count: number) => (count === 0 ? 'Reports' : `Reports (${count})`),
  counted: (words: string, count: number) => `${words} (${count})`,
  banner: (count: number) =>
    count === 1
      ? 'A child says that a letter bothers them.'
      : `${count} children say that a letter bothers them.`,
  homeAbout: 'about an adult, or closed by nobody at the school',
  open: 'Open',
  title: (count: number) => {
    if (count === 0) return 'No open report';
    return count === 1 ? 'A child waits for your help' : `${count} children wait for your help`;
  },
  lead: 'The letter is safe and whole. Whoever wrote it sees nothing of what happens here. What stays open for more than a school day goes up: colleagues of the class, the head, the town.',
  none: 'When a child presses “This bothers me” under a letter, it appears here before all else.',
  from: 'a letter from',
  when: (date: string) => `reported ${date}`,
  state: {
    fresh: 'nobody looks after it yet',
    called: 'asks for help now',
    taken: (name: string) => `${name} looks after it`,
    up: 'open for more than a school day',
    closed: (date: string) => `closed ${date}`,
  },
  closedTitle: 'Closed',
  apartTitle: 'Not writing to each other',
  apartLead:
    'These children don’t write to each other, on any road. They still write to their class.',
  apartBy: (name: string, date: string) => `by ${name}, ${date}`,
  and: 'and',
  lift: 'Let them write',
  numbersTitle: 'This school year',
  numbers: (open: number, closed: number) =>
    `${plural(open + closed, 'report', 'reports')}, ${open === 0 ? 'none open any more' : `${open} of them still open`}`,
  numbersWithout:
    'Without those that the town looks after: a letter of an adult of the school, or what nobody has closed.',
  median: (hours: number) =>
    hours < 48
      ? `half of them closed within ${plural(Math.max(1, Math.round(hours)), 'hour', 'hours')}`
      : `half of them closed within ${plural(Math.round(hours / 24), 'day', 'days')}`,
  noNumbers: 'No report this year.',
  agent: {
    title: 'The town’s reports',
    lead: 'You read what concerns a teacher or a head, and what nobody at the school has closed, with the names. All the rest is numbers, without a name or a letter.',
  },
  agentOfCommunes: {
    title: 'The reports of your communes',
    lead: 'You read, with the names, what the town entrusts to you. All the rest is the numbers of your schools, without a name or a letter.',
  },
  noContact:
    'Nobody is named for reports about an adult: all agents read them, and the child sees so. Name somebody at the foot of this page.',
  one: {
    title: (child: string) => `${child}: “This bothers me”`,
    back: 'Reports',
    letter: 'The letter',
    wrote: (name: string) => `from ${name}`,
    to: (names: string) => `to ${names}`,
    added: 'This letter was put there by a mail program: nothing proves who wrote it.',
    noSubject: 'No title',
    original: 'The original letter (.eml)',
    originalHint: 'Byte for byte, for whoever must have it from you.',
    acts: 'What do you do?',
    take: 'I look after it',
    talked: 'I talked with them',
    family: 'The family knows',
    rest: 'Put sending at rest',
    restHint: (name: string) => `${name} still reads messages, and doesn’t write until that day.`,
    restUntil: 'Until',
    resting: (name: string, day: string) => `${name} doesn’t write until ${day}.`,
    apart: 'Keep them apart',
    apartHint: (one: string, other: string) =>
      `${one} and ${other} no longer write to each other, either way, until an adult lifts it. Their letters to the class go through, but for the two of them.`,
    close: 'Close',
    closeLead: 'The child will see that it is over, and who looked after it.',
    word: 'A word for the child (optional)',
    wordHint: 'Simple words, without the name of who wrote.',
    giveBack: 'Give the letter back to the child (it was a mistake)',
    closeButton: 'It is settled',
    steps: 'What was done',
    noSteps: 'Nothing yet. The child sees who has read the letter, and who looks after it.',
    service: 'Préau',
    wordSaid: 'The word for the child',
    duty: 'A child in danger',
    duty119: 'Call 119 (Allô enfance en danger): day and night, free.',
    duty40:
      'As a public servant you must tell the public prosecutor without delay of a crime or an offence that you learn of, and hand on what you know (article 40 of the code of criminal procedure). The original letter can be downloaded here.',
    dutyHead: 'A serious matter is also told to the inspectorate, by the head.',
    duty3018: 'For the child and the family: 3018, against bullying and violence online.',
  },
  said: {
    done: 'It is written down.',
    closed: 'Somebody else closed it just before you.',
    'not-a-day': 'Choose a day of the calendar.',
    'past-day': 'That day has passed: choose from tomorrow on.',
    'too-far': 'A hundred days at most: choose a nearer day.',
    lifted: 'These two children can write to each other again.',
    named: 'Saved.',
    'no-adult':
      'Nobody of the town has this address, or it isn’t an adult of a school or the town. Look at it again.',
  },
  step: {
    read: 'read the letter',
    taken: 'looks after it',
    talked: 'talked with them',
    rest: 'put sending at rest',
    apart: 'keeps them apart',
    together: 'lets them write to each other again',
    family: 'told the family',
    up: 'told other adults: nobody had closed it',
    closed: 'closed the report',
  },
  contact: {
    title: 'Reports about an adult',
    lead: 'When a child reports a letter of a teacher or a head, or when nobody at the school has closed it, this person reads it and looks after it. Each reading is in the journal.',
    address: 'Their address in Préau',
    hint: 'An adult of the town or of a school. Empty: the town’s agents.',
    save: 'Save',
  },
};
