import type { isolationFr } from './isolation-fr.ts';

const count = (of: number): string => of.toLocaleString('en-GB');

/** The same in English. */
export const isolationEn: typeof isolationFr = {
  link: 'Isolation of children',
  title: 'Isolation of children',
  clean: (tries) => `${count(tries)} tries: none came through.`,
  passed: (passes) =>
    passes === 1
      ? 'One way that the rule doesn’t open leads to a child, or from one.'
      : `${count(passes)} ways that the rule doesn’t open lead to children, or from them.`,
  lacking: (lacks) =>
    lacks === 1
      ? 'No stranger came through, but somebody doesn’t reach a child whom they may reach.'
      : `No stranger came through, but ${count(lacks)} ways that are allowed are closed.`,
  never: 'It hasn’t been proved yet',
  neverAbout:
    'It is done every night, once the schools are closed. At once, on the machine: preau prove-isolation.',
  about: (at, seconds, pupils) =>
    `${at}, in ${count(seconds)} ${seconds === 1 ? 'second' : 'seconds'}, on the lists of the moment, for ${count(pupils)} pupils.`,
  of: (tries) => `of ${count(tries)}`,
  doors: {
    'stranger-to-pupil': 'A stranger writes to a pupil',
    'correspondent-to-pupil': 'An approved correspondent writes to a pupil of the class',
    'pupil-to-stranger': 'A pupil writes to a stranger',
    'pupil-to-pupil-elsewhere': 'A pupil writes to a pupil of another school',
    'pupil-to-pupil-here': 'A pupil writes to a pupil of their school',
    'adult-elsewhere-to-pupil': 'An adult of another school writes to a pupil',
    'adult-here-to-pupil': 'An adult of the school writes to a pupil',
    'guardian-to-pupil': 'A family writes to a child',
    'agent-to-pupil': 'An agent of the town writes to a pupil',
    'pupil-to-adult': 'A pupil writes to an adult',
    'pupil-to-guardian': 'A pupil writes to a family',
    'closed-account': 'Somebody who left or is suspended writes or is written to',
    'list-to-pupils': 'A list leads to pupils',
    'pupil-to-list': 'A pupil writes to a list',
    'mailbox-of-a-pupil': 'Somebody opens a pupil’s mailbox',
    'reader-of-board': 'Somebody reads a board of a class or a school',
  },
  difference: {
    passes: (from, to) => `${from} reaches ${to}, and may not.`,
    lacks: (from, to) => `${from} doesn’t reach ${to}, and may.`,
  },
  address: (id) => `address no. ${id}`,
  wrong: 'What differs',
  faults: 'What the database lets one school see of another',
  more: (rest) => `and ${count(rest)} more: preau prove-isolation --json names them all.`,
  closed: {
    title: (ways) => (ways === 1 ? 'A way is closed' : `${count(ways)} ways are closed`),
    about: (ways) =>
      `A proof found ${ways === 1 ? 'it' : 'them'} open to who may not: messages that would go that way wait, and nobody can let them go.`,
    waiting: (letters) =>
      letters === 0
        ? 'No message waits.'
        : `${count(letters)}\u00a0${letters === 1 ? 'message waits' : 'messages wait'}.`,
    allSchools: 'All schools',
    since: (at) => `Closed by the proof begun ${at}.`,
    only: {
      'mailbox-of-a-pupil':
        'Pupils alone open their mailboxes for now; the right too many is taken out of the database, then the proof is made again.',
      'reader-of-board': 'Those alone read these boards for now who hang something up there.',
    },
    why: 'Why open it again',
    whyHint:
      'What was wrong, and what mended it. It stays in the journal. The way opens with the next proof that finds nothing, not before.',
    ask: 'Ask for it to be opened',
    asked: (at, reason) =>
      `Opening was asked for ${at}: “${reason}” The next proof that finds nothing opens it. At once, on the machine: preau prove-isolation.`,
    doneAsking: 'Noted. The next proof that finds nothing opens this way.',
    noReason: 'Say why this way may be opened again: without a reason it stays closed.',
    noSuchWay: 'This way isn’t closed, or isn’t any more.',
  },
  print: 'Print the proof',
  download: 'The nights as a table (CSV)',
  csvName: 'isolation-proofs.csv',
  csv: ['night', 'door', 'seconds', 'pupils', 'tries', 'passes', 'lacks'],
  nights: 'The last nights',
  nightsAbout: (nights, passed) =>
    passed === 0
      ? `${nights === 1 ? 'One proof' : `${nights} proofs`}, nobody came through.`
      : `${nights === 1 ? 'One proof' : `${nights} proofs`}, somebody came through in ${passed === 1 ? 'one' : passed} of them.`,
  night: (day, passes) =>
    passes === 0 ? `${day}: nobody came through` : `${day}: ${count(passes)} came through`,
  how: 'How it is proved',
  howAbout:
    'Who may write to a child is reckoned twice, by two programs that have nothing in common: the one that delivers letters, and another one, written from the table “who may write to whom” alone. They must say the same of every child.',
  not: 'What it doesn’t prove',
  notAbout:
    'That no child gives their code to another, or no parent lends their phone. Teachers and families watch over that.',
};
