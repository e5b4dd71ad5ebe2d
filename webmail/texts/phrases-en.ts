import type { phrasesFr } from './phrases-fr.ts';
import { plural } from './plural-en.ts';

/** Words of what a teacher opens to children who don't write yet. Part of `en.ts`. */
export const phrasesEn: typeof phrasesFr = {
  title: 'Answering without writing',
  now: (count) =>
    count === 0
      ? 'Préau’s phrases in pictures'
      : `${plural(count, 'phrase', 'phrases')} of the class beside Préau’s own`,
  lead: 'Whoever doesn’t write yet sends a drawing, their voice, or a phrase in pictures. All of it arrives as an ordinary message.',
  link: 'Phrases of the class',
  everybodys: 'For all classes',
  own: 'For your class',
  none: 'Your class has no phrase of its own yet. For example “I ate at the canteen”.',
  count: (made, most) => `${plural(made, 'phrase', 'phrases')} of ${most}`,
  make: 'New phrase',
  words: 'What the child says',
  wordsHint: 'A short sentence, in the first person.',
  picture: 'Its picture',
  drawings: {
    merci: 'Two joined hands',
    fini: 'A finished sheet',
    aide: 'A raised hand',
    pense: 'A heart in a bubble',
    coucou: 'A waving hand',
    bravo: 'A star',
    dessin: 'Crayons',
    voix: 'A microphone',
    photo: 'A camera',
    maison: 'A house',
    lettre: 'An envelope',
    lu: 'An open letter',
    ecoute: 'An ear',
    triste: 'A sad face',
    encore: 'Again',
  },
  file: 'Or your own picture',
  fileHint: 'A pictogram that your pupils know: PNG or JPEG, 200 kB at most.',
  add: 'Add the phrase',
  remove: 'Remove',
  of: (words) => ` “${words}”`,
  said: {
    made: 'The phrase is on your pupils’ page.',
    removed: 'The phrase is removed.',
  },
  why: {
    'no-words': 'Write what the child says.',
    'too-long': 'That is too long. 60 letters at most, to be heard at once.',
    'no-picture': 'Choose a picture, or give your own.',
    'not-a-picture': 'This file is no PNG or JPEG picture. Choose another one.',
    'too-big': 'This picture is too heavy. 200 kB at most: make it smaller, then try again.',
    infected: 'This picture is not safe, it was not taken. Choose another one.',
    'scanner-silent': 'The virus scanner doesn’t answer. Try again in a few minutes.',
    'too-many': 'That is the most a child’s page can show. Remove a phrase first.',
  },
  back: 'The class',
};
