/** What a page promises, held against what the product does. */
import { describe, expect, it } from 'vitest';
import { TEXTS } from './texts.ts';

/** Every sentence that needs nothing put in. */
function sentencesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(sentencesIn)
    : [];
}

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

  it('whoever stops the mail of pupils reads that nothing reaches them either', () => {
    const { follows } = texts.settings.town;
    expect(follows[0]).toMatch(language === 'fr' ? /n’envoie ni ne reçoit/ : /sends or gets/);
    expect(follows.at(-1)).toMatch(language === 'fr' ? /à un élève ne part pas/ : /to a pupil/);
  });

  it('who has sent the trial letters of a day is told to come back the next day, not in an hour', () => {
    expect(texts.setup.trial.trouble['too-many']).toMatch(/demain|tomorrow/);
  });

  it('no name of a type is a word', () => {
    const names = /FreeOTP|JavaScript|OneRoster|OpenDyslexic|WebDAV/g;
    const said = [...sentencesIn(texts), texts.legal.audit.notMet('1.1', '')];
    const odd = said.filter((one) => /\b[A-Z][a-z]+[A-Z]/.test(one.replaceAll(names, '')));
    expect(odd).toEqual([]);
  });
});
