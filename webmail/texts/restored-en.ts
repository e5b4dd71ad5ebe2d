import { plural } from './plural-en.ts';
import type { restoredFr } from './restored-fr.ts';

const messages = (count: number): string => plural(count, 'message', 'messages');
const dropped = (count: number): string =>
  `dropped: ${count === 1 ? 'it won’t' : 'they won’t'} leave`;

/** Words of the page of mail that a restore has stopped. Part of `en.ts`. */
export const restoredEn: typeof restoredFr = {
  nav: 'Restore',
  inMenu: (count) => (count === 1 ? 'message stopped' : 'messages stopped'),
  title: (count) =>
    count === 0
      ? 'No message waits'
      : `${messages(count)} ${count === 1 ? 'waits' : 'wait'} for your word to leave`,
  lead: (at, asOf) =>
    `The mail was restored ${at}, as it was ${asOf}. These messages to outside may have left in between: nothing leaves by itself. What is written since leaves as ever.`,
  never:
    'The mail was never restored from a backup. After a restore, messages to outside wait here.',
  none: 'All messages that the restore had stopped have had their answer.',
  banner: (count) =>
    `${messages(count)} to outside ${count === 1 ? 'waits' : 'wait'} for your word.`,
  see: 'Decide',
  stopped: {
    title: 'Accounts stopped towards outside',
    what: 'Far too many left within a short time: somebody else may be using the account. Ask the school first. Letting go opens the account again; so does dropping, without what waits.',
    why: {
      rate: 'very many in an hour',
      domains: 'to many new domains',
      refusals: 'many addresses refuse',
    },
    waits: (count: number, at: string) => `${messages(count)}, since ${at}`,
  },
  log: {
    title: 'What the log says',
    until: (until) =>
      `What left in the time that is lost is known until ${until}. What left later isn’t seen here.`,
    none: 'There is no log of the time that is lost: a log of the service can say what has already left.',
    give: 'Give a log',
    label: 'The service’s log',
    hint: 'A file of 25 MB at most. It holds numbers alone: no name, no address, no message.',
    how: (since) =>
      `On the machine on which Préau ran, or wherever its logs are: journalctl -u 'preau@*' --since "${since}" > log.txt. A larger one is read there, by preau outbox list --log.`,
    read: 'Read this log',
    missing: 'Choose the file of the log first.',
    noLine: 'There is no line of Préau’s log in it. Give the file as journalctl writes it.',
    seen: (seen, from, until) =>
      `The log was read, from ${from} to ${until}: it ${seen === '0' ? 'names none' : `says of ${seen}`} of the messages that wait${seen === '0' ? '' : ' what became of them'}.`,
  },
  says: {
    sent: {
      title: (count) => `Sent already: ${messages(count)}`,
      what: 'The recipient’s server took them. Letting them leave would send them a second time.',
    },
    unseen: {
      title: (count) => `Not seen leaving: ${messages(count)}`,
      what: 'The log of the time that is lost is there, and says nothing of them. They most likely haven’t left.',
    },
    refused: {
      title: (count) => `Refused: ${messages(count)}`,
      what: 'The recipient’s server wouldn’t have them. Letting them leave asks it again, and whoever wrote hears the answer.',
    },
    'no-log': {
      title: (count) => `Without a log: ${messages(count)}`,
      what: 'Nobody knows whether they left. Whoever wrote them may know.',
    },
  },
  sentAt: (at) => `sent ${at}`,
  refusedAt: (at, code) => `refused ${at}${code === null ? '' : ` (${code})`}`,
  to: 'to',
  gone: 'somebody who has left',
  town: 'The town',
  since: (at) => `waits since ${at}`,
  tried: (count) => `tried ${plural(count, 'time', 'times')} before`,
  release: 'Let leave',
  drop: 'Drop',
  releaseAll: (count) => (count === 1 ? 'Let it leave' : `Let all ${count} leave`),
  dropAll: (count) => (count === 1 ? 'Drop it' : `Drop all ${count}`),
  about: (recipient) => `the message to ${recipient}`,
  more: (count) => `Show all of them (${count})`,
  age: {
    title: 'All at once, by age',
    label: 'Messages that have waited for more than',
    choices: {
      hour: '1 hour',
      hours: '6 hours',
      day: '1 day',
      days: '3 days',
      week: '1 week',
      all: 'all of them',
    },
  },
  said: {
    released: (count) =>
      count === 0
        ? 'Nothing waited there any more: nothing has changed.'
        : `${messages(count)} ${count === 1 ? 'leaves' : 'leave'} in half a minute.`,
    dropped: (count) =>
      count === 0
        ? 'Nothing waited there any more: nothing has changed.'
        : `${messages(count)} ${dropped(count)}. Nobody is told.`,
    droppedAndTold: (count) =>
      count === 0
        ? 'Nothing waited there any more: nothing has changed.'
        : `${messages(count)} ${dropped(count)}. Whoever wrote is told.`,
    undone: (count) =>
      count === 0
        ? 'That was too late: they have left.'
        : `${messages(count)} ${count === 1 ? 'waits' : 'wait'} again.`,
  },
  undo: 'Undo',
  dropped: (count) => `Dropped (${count})`,
  putBack: 'Let it wait again',
  unread: 'What these messages hold stays with who wrote them: an agent doesn’t read them.',
};
