import type { namesFr } from './names-fr.ts';

/** Words of how children call grown-ups. Part of `en.ts`. */
export const namesEn: typeof namesFr = {
  link: 'My children',
  title: 'My children',
  lead: 'The class of each, who teaches it, and the name by which your child calls you.',
  noClass: 'in no class today',
  with: (names) => `with ${names}`,
  noTeacher: 'no teacher yet',
  write: (names) => `Write to ${names}`,
  none: 'No child belongs to your account.',
  label: (child) => `${child} calls me`,
  hint: (givenName) =>
    `Your child alone sees this name, on your messages and when writing to you. Without a chosen name they read “${givenName}”.`,
  ideas: ['Maman', 'Papa', 'Mamie', 'Papi', 'Mum', 'Dad'],
  save: 'Save',
  saved: 'The name is saved.',
  why: {
    'no-name': 'Write a name of twenty letters at most, without digits or signs.',
    'of-the-school':
      'This is a word for somebody of the school. Choose what your child calls you at home.',
    'of-somebody':
      'Somebody of the school or the class has this name. Choose what your child calls you at home.',
  },
};
