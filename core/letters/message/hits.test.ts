import { expect, it } from 'vitest';
import { excerptOf, hasPhrase, piecesOf, plainWords, type Sought } from './hits.ts';

/** Words with their roots, a phrase in quotes. */
function sought(words: Readonly<Record<string, string | null>>, last = ''): Sought {
  return {
    words: [
      ...Object.entries(words).map(([typed, root]) => ({ typed, root, isBeginning: false })),
      ...(last === '' ? [] : [{ typed: last, root: last, isBeginning: true }]),
    ],
    phrases: [],
  };
}

/** The text with its hits in brackets. */
const marked = (text: string, what: Sought): string =>
  piecesOf(text, what)
    .map((piece) => (piece.isHit ? `[${piece.text}]` : piece.text))
    .join('');

it.each<{ readonly text: string; readonly what: Sought; readonly then: string }>([
  {
    text: 'Voici l’autorisation, et les autorisations d’Amine',
    what: sought({ autorisations: 'autoris' }),
    then: 'Voici l’[autorisation], et les [autorisations] d’Amine',
  },
  { text: "L’ÉCOLE et l'école", what: sought({ ecole: 'ecol' }), then: "L’[ÉCOLE] et l'[école]" },
  { text: 'Ma sœur, e\u0301cole', what: sought({}, 'soe'), then: 'Ma [sœur], e\u0301cole' },
  { text: 'merci, la mer', what: sought({ mer: 'mer' }), then: 'merci, la [mer]' },
  { text: 'merci, la mer', what: sought({}, 'mer'), then: '[merci], la [mer]' },
  { text: 'des jeux de mots', what: sought({ de: null }), then: 'des jeux [de] mots' },
  { text: 'rien', what: sought({ tout: 'tout' }), then: 'rien' },
  { text: '', what: sought({ tout: 'tout' }), then: '' },
])('marks in « $text »: $then', ({ text, what, then }) => {
  expect(marked(text, what)).toBe(then);
});

it('marks a phrase as a whole, whatever signs stand between its words', () => {
  const phrase = plainWords('l’école  du Cirque');
  const what: Sought = { words: [], phrases: [phrase] };
  expect(marked("À l'école, du cirque : l’école du soir", what)).toBe(
    "À [l'école, du cirque] : l’école du soir",
  );
  expect([
    hasPhrase('du cirque à l’école', phrase),
    hasPhrase('L’École du cirque !', phrase),
  ]).toEqual([false, true]);
});

it('shows the text around the first hit, from the beginning of a word', () => {
  const text = `Bonjour Madame,\n\nvous trouverez dans le cahier de liaison, comme convenu, l’autorisation de sortie.\n${'mot '.repeat(80)}`;
  const excerpt = excerptOf(text, sought({ autorisation: 'autoris' }));
  expect(excerpt).toMatch(/^… convenu, l’autorisation de sortie\. mot/);
  expect(excerpt?.length).toBeLessThanOrEqual(162);
  expect(excerptOf(text, sought({ bonjour: 'bonjour' }))).toMatch(/^Bonjour Madame, vous/);
  expect(excerptOf(text, sought({ absent: 'absent' }))).toBeNull();
});
