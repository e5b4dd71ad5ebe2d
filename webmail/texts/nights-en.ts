import type { nightsFr } from './nights-fr.ts';

const count = (of: number): string => of.toLocaleString('en-GB');

/** Words of the page of the work of the night. Part of `en.ts`. */
export const nightsEn: typeof nightsFr = {
  link: 'Work of the night',
  title: 'Work of the night',
  verdict: {
    none: 'Nothing has been done by night yet.',
    well: 'All the work of the night is done.',
    running: 'A piece of work of the night is under way.',
    failed: (jobs) =>
      jobs === 1
        ? 'A piece of work of the night has failed.'
        : `${jobs} pieces of work of the night have failed.`,
    late: (jobs) =>
      jobs === 1
        ? 'A piece of work of the night hasn’t been done for three days.'
        : `${jobs} pieces of work of the night haven’t been done for three days.`,
  },
  about: {
    none: 'It begins once all schools are closed: this evening, if the machine stays on.',
    well: 'Nobody has anything to do.',
    running: 'The mail works meanwhile.',
    failed: 'It begins again by itself, every half hour. The log of the service says why.',
    late: "Is the machine on while schools are closed? If it is, the log of the service says why: preau doctor, then journalctl -u 'preau@*'.",
  },
  list: 'Each piece of work',
  jobs: {
    backup: { name: 'Backup', about: 'The mail, the lists and the settings.' },
    'backup-proof': {
      name: 'Reading of the backups',
      about: 'Read to their end, and restored beside to see whether all comes back.',
    },
    'isolation-proof': {
      name: 'Proof of the isolation of children',
      about: 'Nobody is to reach a child who may not.',
    },
    journals: {
      name: 'Reading of the journals',
      about: 'No line is to change; how far they go is noted outside the database.',
    },
    rescan: {
      name: 'Second look at received files',
      about: 'Files from outside of the last seven days, by today’s signatures.',
    },
    sites: { name: 'List of forbidden sites', about: 'Read again at its source.' },
    erasures: { name: 'Erasures', about: 'Mail and names of those who left three months ago.' },
    books: {
      name: 'Books of the year',
      about: 'The walls of classes, printed where they were asked for; those of other years go.',
    },
    tidying: {
      name: 'Tidying',
      about:
        'What has waited for thirty days is given back; old counts go, the bins of cupboards are emptied.',
    },
  },
  never: 'Not done yet.',
  running: (since) => `Under way since ${since}.`,
  last: (at, took) => `Last time: ${at}, in ${took}.`,
  failed: (at) => `Failed ${at}.`,
  stopped: (at) =>
    `Stopped ${at}, by the opening of a school or the end of the service; it goes on from there.`,
  next: (at) => `Next time: ${at}.`,
  soon: (at) => `Next time: once schools are closed${at === null ? '' : `, ${at}`}.`,
  took: (seconds) =>
    seconds < 90
      ? `${seconds}\u00a0${seconds === 1 ? 'second' : 'seconds'}`
      : `${count(Math.round(seconds / 60))}\u00a0minutes`,
  came: {
    bytes: (size) => `${size} more.`,
    pupils: (pupils) => `${count(pupils)}\u00a0pupils.`,
    letters: (letters, taken) =>
      letters === 0
        ? 'Nothing new to look for.'
        : `${count(letters)}\u00a0${letters === 1 ? 'letter' : 'letters'}, ${taken === 0 ? 'none taken out' : `${count(taken)} taken out`}.`,
    silent: (silent) =>
      `The scanner gives no answer on ${count(silent)}\u00a0${silent === 1 ? 'letter' : 'letters'}: see the service’s log.`,
    entries: (entries) => `${count(entries)}\u00a0addresses.`,
    books: (books) =>
      books === 0 ? 'None to print.' : `${count(books)}\u00a0${books === 1 ? 'book' : 'books'}.`,
    people: (people) =>
      people === 0
        ? 'Nobody to erase.'
        : `${count(people)}\u00a0${people === 1 ? 'person' : 'people'}.`,
  },
  how: 'When it is done',
  howAbout:
    'From 20:30 on, once all schools are closed, a piece at a time, so that the mail doesn’t wait. A night that was missed is made up for once schools are closed, by day in the holidays. What an opening school stops goes on the next night. Nothing is lost while the machine is off.',
};
