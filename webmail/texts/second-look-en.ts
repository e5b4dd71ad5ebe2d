import type { secondLookFr } from './second-look-fr.ts';

/** Words of the second look at a pupil's letter. Part of `en.ts`. */
export const secondLookEn: typeof secondLookFr = {
  title: 'Is it right like this?',
  reread: 'Read the underlined words again.',
  why: {
    hurts: (names) => `They may make ${names} sad.`,
    threatens: (names) => `They may frighten ${names}.`,
    private: () => 'Your address, your number and your code are yours alone.',
    meeting: () => 'To meet after school, ask your parents first.',
    unread: () =>
      'Your message is very long: its end was not looked at. Make it shorter, or make two of it.',
  },
  myClass: 'your class',
  told: 'If somebody said these words to you, you are right to tell.',
  change: 'I change my words',
  sendAsIs: 'I send it like this',
  words: (words) => `The words to read again: ${words}.`,
  quoted: (words) => `“${words}”`,
};
