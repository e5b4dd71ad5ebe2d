import type { holidaysFr } from './holidays-fr.ts';

export const holidaysEn: typeof holidaysFr = {
  title: 'School holidays',
  lead: (zone) =>
    `${zone}. A day of the holidays, or a public holiday, is no school day: what waits for a word is not told of on it, and does not go on to the next person.`,
  none: 'No dates are known: only public holidays count. Give the calendar of the year.',
  day: (day) => day,
  days: (from, until) => `${from} to ${until}`,
  byHand: 'added by hand',
  remove: 'Remove',
  label: 'The official calendar',
  hint: 'A CSV file, which has all zones at once.',
  where: 'Where is this file?',
  whereText:
    'On data.education.gouv.fr, look for “calendrier scolaire”, then export it as CSV. Give it again when a new year is published: it takes the place of what it said of the same years, and leaves what you have added by hand.',
  give: 'Read the calendar',
  missing: 'Choose a file first.',
  add: 'Add a period by hand',
  name: 'Name',
  nameHint: 'For example “Pont de l’Ascension”.',
  from: 'First day without class',
  until: 'Last day without class',
  save: 'Add',
  said: {
    given: 'The calendar is saved.',
    unended:
      'The calendar is saved. Some holidays have no day of return in it yet: add them by hand, or give the file again once it is published.',
    added: 'The period is added.',
    removed: 'The period is removed.',
    gone: 'This period is no longer there: it has been removed already.',
  },
  trouble: {
    name: 'Write a name, in less than 100 characters.',
    'not-a-day': 'Write both days, for example 17/10/2026.',
    'past-day':
      'These days are of a past school year: choose some of this one or of those to come.',
    'too-far': 'These days are too far away: choose some within four years.',
    'ends-before-it-begins': 'The last day comes before the first: swap them.',
    'too-long': 'This period is longer than a hundred days: check the year of both dates.',
    'too-many': 'There are 200 periods already: remove one first.',
  },
};
