import type { comfortFr } from './comfort-fr.ts';

/** Words of what a child chooses to read with. Part of `en.ts`. */
export const comfortEn: typeof comfortFr = {
  title: 'My comfort',
  saved: 'It is saved. You will find your choices on every computer.',
  save: 'I like it this way',
  sample: {
    title: 'What it looks like',
    name: 'The little snail',
    text: 'It is raining on the playground. A snail comes out of its shell. Slowly it goes to the lettuce in the garden. Yum!',
  },
  size: { title: 'Size', names: { normal: 'Normal', large: 'Big', larger: 'Very big' } },
  spacing: { title: 'Space', names: { normal: 'Close', wide: 'Apart', wider: 'Far apart' } },
  font: {
    title: 'Letters',
    names: { normal: 'Plain', book: 'Book', andika: 'Round', opendyslexic: 'Heavy' },
  },
  paper: {
    title: 'Paper',
    names: { white: 'White', cream: 'Cream', night: 'Night', strong: 'Strong' },
  },
  motion: { title: 'Movement', names: { normal: 'It moves a little', none: 'Nothing moves' } },
};
