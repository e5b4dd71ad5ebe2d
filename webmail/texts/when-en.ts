import type { whenFr } from './when-fr.ts';

/** How near days, hours and sizes are said. */
export const whenEn: typeof whenFr = {
  today: 'today',
  yesterday: 'yesterday',
  tomorrow: 'tomorrow',
  at: ' at ',
  hour: (time) => time,
  day: (words) => words,
  units: { k: 'kB', m: 'MB', g: 'GB' },
};
