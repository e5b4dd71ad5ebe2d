import type { putOffFr } from './put-off-fr.ts';

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
};
