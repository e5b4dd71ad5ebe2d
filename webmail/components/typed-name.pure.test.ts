import { expect, it } from 'vitest';
import { TEXTS } from '../texts/texts.ts';
import { shownName } from './typed-name.ts';

const PAINTING = TEXTS.en.little.day.kinds.arts;

it.each([
  { when: 'nothing typed', language: 'en', typed: '', words: PAINTING, isTyped: false },
  {
    when: 'a name of our list',
    language: 'en',
    typed: 'peinture',
    words: PAINTING,
    isTyped: false,
  },
  {
    when: 'the same in French',
    language: 'fr',
    typed: 'peinture',
    words: 'peinture',
    isTyped: true,
  },
  { when: 'a word of their own', language: 'en', typed: 'Argile', words: 'Argile', isTyped: true },
  {
    when: 'more',
    language: 'en',
    typed: 'Peinture au sol',
    words: 'Peinture au sol',
    isTyped: true,
  },
] as const)('$when, read in $language: « $typed »', ({ language, typed, words, isTyped }) => {
  const shown = shownName({ texts: TEXTS[language] }, typed, ({ little }) => little.day.kinds.arts);
  expect(shown).toEqual({ words, isTyped });
});
