import type { settingsFr } from './settings-fr.ts';

/** Words of a head's page on how the school wants its mail. Part of `en.ts`. */
export const settingsEn: typeof settingsFr = {
  link: 'Settings',
  title: 'The settings of the school',
  lead: (school) => `${school}. What you change here holds from the next message on.`,
  town: {
    title: 'Stop the messages of pupils',
    titleStopped: 'Messages of pupils are stopped',
    lead: 'For an emergency in several schools. For one school its head stops them.',
    follows: [
      'No pupil of the town, or of the commune you choose, sends or gets a message any more, from now on, until the moment that you say, or until you let them run again.',
      'Every pupil reads as before, and sees that they can write to nobody just now.',
      'What a pupil writes stays in their drafts: nothing is lost.',
      'Adults and families write to one another and read as before. What they write to a pupil isn’t sent, and they are told so.',
    ],
    where: 'Where',
    choose: 'Choose…',
    whereMissing: 'Choose where: a commune, or the whole town.',
    back: 'Stop nothing',
    reasonHint: 'It is written in the journal of the agents.',
  },
  hours: {
    title: 'When pupils send',
    always: 'At any hour',
    some: 'Only at these hours',
    lead: 'Outside them, their message waits for the next opening, then leaves by itself.',
    from: 'From',
    to: 'to',
    days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    which: 'Days',
  },
  switches: {
    pupilsReachAllTeachers:
      'Pupils may write to all teachers of the school, not only to their own.',
    adultsReachOutside: 'Adults of the school may write outside the schools’ mail.',
    pupilPrograms:
      'Pupils may read their messages in a program (Thunderbird, a phone). Rather for the older ones.',
    hasCharter: 'The pupil accepts the mail charter, by one touch when they first come in.',
    asksFamilies: 'The family gives its yes, on paper or in its account.',
  },
  groups: {
    who: 'Who writes to whom',
    programs: 'Phones and programs',
    before: 'Before a pupil writes',
  },
  beforeHint:
    'Without the charter or the yes that is asked, the pupil reads messages and doesn’t write.',
  /** What the journal says of what isn't a yes or no. */
  changes: {
    hours: (hours) => `pupils send ${hours === '' ? 'at any hour' : `from ${hours}`}`,
  },
  save: 'Save',
  saved: 'The settings are saved.',
  badHours: 'These hours don’t work: tick at least one day, and put the end after the beginning.',
};
