/** What a page promises, held against what the product does. */
import { describe, expect, it } from 'vitest';
import { TEXTS } from './texts.ts';

describe.each(['fr', 'en'] as const)('in %s', (language) => {
  const texts = TEXTS[language];

  it('the paper for families names the other class and the correspondents whom a teacher lets write', () => {
    const paper = texts.charter.paper.lead.join(' ');
    expect(paper).toMatch(language === 'fr' ? /une autre classe/ : /another class/);
    expect(paper).toMatch(
      language === 'fr'
        ? /dehors .*approuvée par son enseignant/
        : /outside .*teacher has approved/,
    );
  });
});
