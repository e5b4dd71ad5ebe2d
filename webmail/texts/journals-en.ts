import type { journalsFr } from './journals-fr.ts';

/** Words of the journals as agents search them. Part of `en.ts`. */
export const journalsEn: typeof journalsFr = {
  title: 'Who did what',
  lead: 'The journals of all schools and of the agents, of the last three years. Each line is held by a chain: a line changed or taken out by hand shows.',
  who: 'Who did it',
  whom: 'To whom',
  what: 'What',
  whatever: 'Everything',
  school: 'School',
  everywhere: 'All, and the agents',
  agents: 'The agents alone',
  from: 'From',
  until: 'Until',
  noDay: 'There is no such day: it was not taken.',
  turned: 'The last day comes before the first: no line can be there.',
  search: 'Search',
  csv: 'Save as a spreadsheet',
  all: 'Show everything',
  noted:
    'What you look for here is written in the agents’ journal. The file has the newest 5,000 lines at most. What children reported is not in it.',
  kinds: {
    opening: 'Schools opened, journals read',
    classes: 'Classes, links, notices',
    letters: 'Messages held, stopped, taken along',
    entry: 'Codes and passwords',
    families: 'Families, papers, permissions',
    rosters: 'Lists imported, departures',
    settings: 'Settings of schools',
    town: 'Town, agents, schools',
  },
  columns: ['When', 'Who', 'What', 'School', 'Reason'],
  fileName: (day: string) => `journals-${day}`,
};
