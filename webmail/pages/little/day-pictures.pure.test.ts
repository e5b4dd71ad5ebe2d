import { expect, it } from 'vitest';
import { pictureOf } from './day-pictures.ts';

it.each([
  ['Des bottes, on va au jardin', 'bottes'],
  ['Le doudou, lavé', 'doudou'],
  ['Lila a 5 ans. Il y aura un gâteau.', 'gateau'],
  ['Goûter d’anniversaire', 'gateau'],
  ['Sortie à la ferme', 'car'],
  ['Photo de classe', 'photo'],
  ['Un drap', 'sieste'],
  ['La carte de la cour', 'recre'],
  ['Le courage', null],
  ['Dix bouchons', null],
  ['', null],
])('what « %s » speaks of has the picture %s', (words, then) =>
  expect(pictureOf(words)).toBe(then),
);
