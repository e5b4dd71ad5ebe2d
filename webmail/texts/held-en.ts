import type { heldFr } from './held-fr.ts';
import { plural } from './plural-en.ts';

/** The same in English. */
export const heldEn: typeof heldFr = {
  title: (count) => {
    if (count === 0) return 'No message is waiting';
    return count === 1
      ? 'One message waits for your approval'
      : `${count} messages wait for your approval`;
  },
  hint: 'Each leaves, or goes back to its writer with a word from you. Undecided for a school day, it is put before the class’s other teacher too, then before the head.',
  hintAgent:
    'What waits for an adult’s word in the schools that you have opened by saying why. Your decision is in the journal, with your reason.',
  hintOwn:
    'Each leaves, or goes back to its writer with a word from you. Undecided for thirty days, it goes back to its writer.',
  own: {
    title: (count) =>
      count === 1
        ? 'One message of yours waits for a word'
        : `${count} messages of yours wait for a word`,
    withdrawn: 'You have taken your message back: it will not leave.',
    released: 'Your message has left.',
  },
  tabs: 'Messages that wait, and those decided',
  toDecide: (count) => (count === 0 ? 'To decide' : `To decide (${count})`),
  past: 'Decided',
  empty: 'No message is waiting. When one needs your approval, it will appear here.',
  others: (count) =>
    count === 1
      ? 'One message waits for somebody else first'
      : `${count} messages wait for others first`,
  othersHint: 'You can decide in their place. If they don’t answer, these come to you.',
  writesTo: 'writes to',
  choose: (name, subject) => `Choose “${subject}” from ${name}`,
  several: 'Decide about several at once',
  severalHint: 'Tick messages, then choose:',
  chosenOne: '1 message chosen',
  chosenMany: '% messages chosen',
  all: 'Tick all',
  none: 'Choose none',
  letGo: 'Let it go',
  trace: 'In the log of the service:',
  giveBack: { child: 'Give back with a word', adult: 'Give back with a word' },
  giveBackAll: 'Give back with a word',
  note: { child: 'Your word for the pupil', adult: 'Your word for this person' },
  noteAll: 'Your word for each',
  noteHint: {
    child: 'One or two sentences that the pupil will understand.',
    adult: 'One or two sentences that say why.',
  },
  sendBack: 'Give the message back',
  sendBackAll: 'Give back the chosen messages',
  keepOut: 'Don’t deliver',
  keepOutHint: 'The pupils won’t see this message. Its writer is not told.',
  until: (when) => `leaves by itself ${when}`,
  waits: (when) => `since ${when}`,
  goesOn: (when) => `decide before ${when}`,
  noteMissing: 'Write a word: the person will know why.',
  nothingChosen: 'Tick a message first.',
  proved: {
    dmarc: 'Address verified (DMARC)',
    dkim: 'Address verified (DKIM)',
    spf: 'Address verified (SPF)',
  },
  unproven: 'Not proven',
  unprovenHint:
    'Somebody may have imitated this address. Ask the person first whether they wrote this message, by telephone for example, without answering it.',
  soon: {
    release: (count, seconds) =>
      `${plural(count, 'message leaves', 'messages leave')} in ${seconds} s.`,
    'give-back': (count, seconds) =>
      `${plural(count, 'message goes', 'messages go')} back to the writer in ${seconds} s.`,
  },
  takesEffect: 'It is decided.',
  undo: 'Undo',
  undone: (count) =>
    `Undone: ${plural(count, 'message waits', 'messages wait')} for your approval again.`,
  tooLate: 'Too late to undo: the decision has taken effect.',
  sent: (count) =>
    count === 1 ? 'The message has left.' : `The message has left for ${count} people.`,
  sentOf: (subject, count) => `“${subject}” has left${count === 1 ? '' : ` for ${count} people`}.`,
  left: (count) =>
    count === 1
      ? 'One person has left the list since: they did not get it.'
      : `${count} people have left the list since: they did not get it.`,
  refusedFor: (names, why) => `Not to ${names}: ${why}.`,
  refusedUnnamed: (count, why) =>
    `${count === 1 ? 'One person did' : `${count} people did`} not get it: ${why}.`,
  why: {
    relation: 'the classes have changed since',
    gone: 'this account is no more',
    closed: 'this account is closed',
    sender: 'its writer may not send just now',
    other: 'the rules no longer allow it',
  },
  takesRoad:
    'Approved. The letter is on its way: the other class gets it at 8 am on the next school day.',
  leavesLater: 'Approved. The school is closed: the message will leave when it opens.',
  waitsOn: 'Approved on your side. The message still waits for somebody else’s approval.',
  givenBack: (count) =>
    count === 1
      ? 'The message went back to its writer, with your word.'
      : `${count} messages went back to their writers, with your word.`,
  keptOut: 'The message is not delivered.',
  takenByWriter: 'Taken back: its writer took it back before your decision.',
  changed: 'This message can no longer be sent: ',
  already: 'This message is already decided, or is not yours to decide.',
  missed: (count) =>
    `${plural(count, 'message was', 'messages were')} already decided or taken back.`,
  refused: {
    tab: 'Refused',
    title: 'What was refused at the door',
    lead: 'Messages from outside refused within thirty days for what was in them. Nothing of them is kept: they can’t be opened, nor delivered. Their senders know why.',
    empty: 'No message was refused within thirty days.',
    nobody: 'Without a sender',
    to: (name: string) => (name === '' ? '' : `for ${name}`),
    why: {
      malware: 'A file held a virus.',
      'file-kind': 'A file could be a program.',
      'locked-archive': 'The virus scanner could not open a file.',
      'forbidden-link': 'A link led to a site that the school blocks.',
    },
  },
  history: {
    title: 'What was decided',
    lead: 'The latest fifty messages of your classes that waited for approval, and what became of them.',
    empty: 'Nothing has been decided yet.',
    kind: {
      pending: 'Leaves soon',
      released: 'Left',
      'given-back': 'Given back',
      'not-delivered': 'Not delivered',
      withdrawn: 'Taken back',
      refused: 'Not sent',
    },
    by: (name, when) => `${name}, ${when}`,
    byWriter: (when) => `by its writer, ${when}`,
    word: 'With this word:',
  },
};
