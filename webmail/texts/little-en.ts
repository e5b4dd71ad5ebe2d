import type { littleFr } from './little-fr.ts';

/** Words of the pages of those who don't read yet, in English. Part of `en.ts`. */
export const littleEn: typeof littleFr = {
  home: 'My letters',
  hello: (name) => `Hello ${name}!`,
  homeward: 'Home',
  count: (fresh) => {
    if (fresh === 0) return 'My letters';
    return fresh === 1 ? 'My letters: a new one' : `My letters: ${fresh} new ones`;
  },
  none: 'No letter',
  older: 'The letters before',
  newer: 'The letters after',
  newLetter: 'New letter: ',
  letter: 'Letter: ',
  letterOf: (name) => `The letter of ${name}`,
  drawing: 'A drawing',
  sound: 'A voice',
  back: 'My letters',
  sad: 'This bothers me',
  sadly: 'This bothers me: call a grown-up',
  helped: 'A grown-up helps you',
  done: 'It is over',
  tookBack: 'Take my letter back',
  now: 'Come quickly',
  heIsTold: 'They are coming',
  seen: 'All right',
};
