import type { namesFr } from './names-fr.ts';

/** Words of how children call grown-ups. Part of `en.ts`. */
export const namesEn: typeof namesFr = {
  link: 'My children',
  title: 'My children',
  lead: 'Your child sees this name on your messages and when writing to you. Nobody else sees it.',
  none: 'No child belongs to your account.',
  label: (child) => `${child} calls me`,
  hint: (givenName) => `Without a chosen name your child reads “${givenName}”.`,
  ideas: ['Maman', 'Papa', 'Mamie', 'Papi', 'Mum', 'Dad'],
  save: 'Save',
  saved: 'The name is saved.',
  why: {
    'no-name': 'Write a name of twenty letters at most, without digits or signs.',
    'of-the-school':
      'This is a word for somebody of the school. Choose what your child calls you at home.',
  },
};
