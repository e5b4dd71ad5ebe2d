import type { ownDayFr } from './own-day-fr.ts';

/** The same in English. */
export const ownDayEn: typeof ownDayFr = {
  title: 'My day',
  offer: 'School is over.',
  see: 'See my day',
  toAnswer: 'To answer',
  held: 'To decide',
  papers: 'Papers due soon',
  unread: 'Not yet read by all families',
  filed: 'Archive',
  tomorrow: 'Tomorrow',
  ticked: 'All that is ticked:',
  heldThere: 'Messages wait for your word',
  look: 'Read and decide',
  remind: 'Remind',
  until: (when) => `until ${when}`,
  sent: (when) => `sent ${when}`,
  nothing: 'All is done. Have a good evening.',
  foot: 'This page is no longer offered once you stop it in your preferences:',
  switch: 'My day',
  switchHint: 'Once school is over, what is left is offered above your messages.',
  done: {
    remind: 'Families who have not read it are reminded.',
    paper: 'Families who have not answered are reminded.',
    gone: 'Nothing waits there any more: somebody saw to it, or a reminder has just gone.',
    none: 'First tick the messages to put off or to archive.',
  },
};
