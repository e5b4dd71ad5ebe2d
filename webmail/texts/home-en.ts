import type { homeFr } from './home-fr.ts';
import { noun, plural } from './plural-en.ts';

/** Words of the home of the town's agents in English. Part of `en.ts`. */
export const homeEn: typeof homeFr = {
  title: 'Home',
  service: 'The service',
  verdict: {
    calm: 'All is well.',
    waiting: (things) =>
      `Mail works. ${things === 1 ? 'One thing waits for you' : `${inWords(things)} things wait for you`}.`,
    stopped: (since) => `No mail has left since ${since}.`,
  },
  at: (day, hour) => `${day}, ${hour}.`,
  looked: (seconds) =>
    seconds < 2
      ? 'Looked at just now.'
      : `Looked at ${seconds < 120 ? plural(seconds, 'second', 'seconds') : `${Math.round(seconds / 60)} minutes`} ago.`,
  again: 'Look again',
  parts: {
    arrival: 'Arrival',
    sending: 'Sending',
    pages: 'Pages',
    imap: 'IMAP',
    database: 'Database',
    scanner: 'Virus scanner',
    backup: 'Nightly copy',
    certificates: 'Certificates',
    work: 'Worker',
  },
  todo: 'To do',
  nothing: 'Nothing to do.',
  nothingAbout: 'What needs your word will appear here.',
  more: (count) => `And ${count} more in the list of checks`,
  settle: 'Settle',
  decide: 'Decide',
  answer: 'Answer',
  see: 'See',
  held: (count) => plural(count, 'message waiting', 'messages waiting'),
  heldAbout: 'held until an agent decides',
  standing: (count) => plural(count, 'message has not left', 'messages have not left'),
  standingAbout: 'since the backup was restored',
  schools: 'Schools',
  questions: (count) =>
    `${plural(count, 'school', 'schools')} with questions about ${noun(count, 'its list', 'their lists')}`,
  questionsAbout: 'the rest of the lists is applied',
  charts: {
    letters: 'Messages per hour',
    taken: 'taken in',
    handed: 'delivered',
    signIns: 'Sign-ins to the pages',
    today: 'today',
    last: (weekday) => `last ${weekday}`,
    now: 'now',
    lettersSaid: (today, before) =>
      `Today: ${today[0]} messages taken in, delivered to ${today[1]} recipients. A week ago at the same hour: ${before[0]} taken in, delivered to ${before[1]}.`,
    signInsSaid: (today, before) =>
      `Sign-ins today: ${today}, against ${before} a week ago at the same hour.`,
  },
  numbers: {
    people: (schools) => `accounts, ${plural(schools, 'school', 'schools')}`,
    letters: (count) => `${noun(count, 'message', 'messages')} today`,
    outbox: (count) => `${noun(count, 'message', 'messages')} to leave for outside`,
    openings: (count) => `${noun(count, 'school', 'schools')} opened by an agent this month`,
  },
  stop: 'Stop the messages of pupils in all the town',
};

const WORDS = ['', '', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];
function inWords(count: number): string {
  return WORDS[count] ?? String(count);
}
