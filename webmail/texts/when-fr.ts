/** How near days, hours and sizes are said. */
export const whenFr = {
  today: 'aujourd’hui',
  yesterday: 'hier',
  tomorrow: 'demain',
  at: ' à ',
  /** « 10 h 42 », of `10:42`. */
  hour: (time: string): string => {
    const [hours = '', minutes = ''] = time.split(':');
    return `${Number(hours)}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`;
  },
  /** « 1er septembre », which Intl writes « 1 septembre ». */
  day: (words: string): string => words.replace(/\b1 (?=\p{L})/u, '1er '),
  units: { k: 'ko', m: 'Mo', g: 'Go' },
};
