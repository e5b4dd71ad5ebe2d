import { describe, expect, it } from 'vitest';
import { schoolNamed, schoolOfPath } from './find-school.ts';

const SCHOOLS = [
  { slug: 'pasteur', name: 'École élémentaire Louis Pasteur', uai: '0691234B' },
  { slug: 'pasteur-mat', name: 'École maternelle Louis Pasteur', uai: '0691235C' },
  { slug: 'tilleuls', name: 'École des Tilleuls', uai: null },
  { slug: 'jules-ferry', name: 'École Jules-Ferry', uai: '0691236D' },
];
const found = (answer: ReturnType<typeof schoolOfPath<(typeof SCHOOLS)[number]>>) => {
  if (answer.kind === 'one') return answer.school.slug;
  return answer.kind === 'none' ? 'none' : answer.schools.map(({ slug }) => slug).join(' or ');
};

describe('the school of a path', () => {
  it.each([
    ['a folder named like it', 'ville/tilleuls/eleves.csv', 'tilleuls'],
    ['its whole name', 'École des Tilleuls/CSVExtraction.csv', 'tilleuls'],
    ['its name without the word school', 'rentree/Les Tilleuls/CSVExtraction.csv', 'tilleuls'],
    ['a code in a folder', '0691236D/CSVExtraction-eleves.csv', 'jules-ferry'],
    ['a code in a file’s own name, in small letters', 'CSVExtraction_0691235c.csv', 'pasteur-mat'],
    ['a code before a name that says another', '0691234B Jules Ferry/eleves.csv', 'pasteur'],
    ['a code that no school has, whatever the name', '0699999Z tilleuls/eleves.csv', 'none'],
    ['a file’s own name', 'jules-ferry - responsables.csv', 'jules-ferry'],
    ['an apostrophe, capitals, accents', 'ECOLE JULES FERRY/Élèves.csv', 'jules-ferry'],
    ['the longest name', 'pasteur-mat eleves.csv', 'pasteur-mat'],
    ['a name that two have', 'Louis Pasteur/eleves.csv', 'pasteur or pasteur-mat'],
    [
      'a name that two have, told apart by the file',
      'Louis Pasteur/pasteur-mat.csv',
      'pasteur-mat',
    ],
    ['nothing that is a school', 'ville/CSVExtraction-eleves.csv', 'none'],
    ['a word that only contains a name', 'pasteurisation.csv', 'none'],
  ])('%s: %s', (_what, path, school) => expect(found(schoolOfPath(path, SCHOOLS))).toBe(school));

  it('a code alone', () => expect(found(schoolNamed(' 0691234b ', SCHOOLS))).toBe('pasteur'));
});
