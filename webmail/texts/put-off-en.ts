import type { laterFr, putOffFr } from './put-off-fr.ts';

/** The same in English. */
export const putOffEn: typeof putOffFr = {
  menu: 'Later',
  tonight: 'This evening at 18:00',
  tomorrow: 'Tomorrow at 8:00',
  week: (day) => `${day} at 8:00`,
  back: (day) => `When school is back, ${day} at 8:00`,
  choose: 'Another day',
  now: 'Bring back now',
  returns: (when) => `Comes back ${when}`,
  noHour: 'No hour: it does not come back by itself',
  cameBack: (when) => `Came back ${when}`,
  mark: 'Came back at its hour',
  awaited: {
    offer: 'Remind me if nobody answers',
    label: 'Remind me if there is no answer by',
    hint: 'Your letter then comes back to your inbox, at 8:00. Nothing leaves by itself.',
    set: 'Remind me',
    until: (when) => `Without an answer this letter comes back to your inbox ${when}.`,
    stop: 'Remind me no more',
    unanswered: (when) => `No answer ${when}.`,
    again: 'Write again',
    unclear: 'To be reminded, choose a day to come, within a year.',
    past: 'That day has passed: choose one to come, from tomorrow on.',
    tooFar: 'That is more than a year away: choose a nearer day.',
    answered: 'Somebody has answered this letter already.',
  },
};

/** The same of letters that leave at an hour. */
export const laterEn: typeof laterFr = {
  title: 'Scheduled',
  nothing: {
    child: 'No message waits for its hour.',
    adult: 'No message is scheduled. To schedule one, choose an hour beside “Send”.',
  },
  change: 'Take back',
  now: 'Send now',
  when: 'Choose when to send',
  tomorrow: 'Tomorrow at 8:00',
  monday: 'Monday at 8:00',
  choose: 'Choose…',
  day: 'Day',
  hour: 'Hour',
  ok: 'Confirm',
  keys: 'Ctrl Enter',
  unclear: 'Choose a day and an hour to come, within a year.',
  leaves: (when) => `This message leaves ${when}. If you change it, it is a draft again.`,
};
