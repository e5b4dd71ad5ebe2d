import type { secondLookFr } from './second-look-fr.ts';

/** Words of the second look at a pupil's letter, and of its setting. Part of `en.ts`. */
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
  setting: {
    title: 'Read again before sending',
    lead: 'Before a message leaves, the pupil sees the words that may hurt, frighten, or tell where they live. They are looked for on this server, nothing is noted.',
    off: 'No: messages leave without being looked at',
    suggests: 'Yes: the pupil reads these words again, then chooses',
    holds: 'Yes, and I read the message first if it goes to a child as it is',
    save: 'Save',
  },
};
