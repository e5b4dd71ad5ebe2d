import type { lostFr } from './lost-fr.ts';

/** Words for whoever has lost their password, in English. Part of `en.ts`. */
export const lostEn: typeof lostFr = {
  link: 'Forgotten password',
  ask: 'Ask for a new password',
  title: 'Forgotten your password?',
  lead: 'Ask somebody of the school for a new code: it takes a minute. Nobody will mail it to you, and nobody will ask you for your password.',
  whom: [
    { who: 'You are a parent', asks: 'Ask the head of the school, or your child’s teacher.' },
    { who: 'You teach or work at the school', asks: 'Ask the head of the school.' },
    { who: 'You are the head of a school', asks: 'Ask the town’s schools service.' },
    { who: 'You are a pupil', asks: 'Ask your teacher.' },
  ],
  then: 'With that code you choose a new password yourself.',
  contacts: 'Contact the town',
  back: 'Back',
};
