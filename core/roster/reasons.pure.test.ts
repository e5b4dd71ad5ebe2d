import { describe, expect, it } from 'vitest';
import { ENGLISH } from './reasons-en.ts';
import { FRENCH } from './reasons-fr.ts';
import { importSentence } from './reasons.ts';

const birthDate = {
  reason: 'birth-date-impossible',
  at: { file: 'CSVExtraction.csv', line: 118, column: 'Date naissance' },
  cell: '31/02/2019',
};

describe('what is said of a refused line', () => {
  it('in French', () =>
    expect(importSentence(birthDate, 'fr')).toBe(
      'Ligne 118\u00A0: la date de naissance 31/02/2019 n’existe pas. Corrigez là d’où vient le fichier (ONDE ou un autre), puis donnez-le à nouveau.',
    ));
  it('in English', () =>
    expect(importSentence(birthDate, 'en')).toBe(
      'Line 118: the birth date 31/02/2019 does not exist. Correct it where the file comes from (ONDE or another), then give it again.',
    ));
  it('a reason of a later version has a sentence too', () =>
    expect(importSentence({ ...birthDate, reason: 'yet-unknown' }, 'fr')).toContain(
      'CSVExtraction.csv',
    ));
  it('a cell is put in as it stands, once', () =>
    expect(
      importSentence({ ...birthDate, reason: 'ine-malformed', cell: '{line} $& <b>' }, 'en'),
    ).toContain('“{line} $& <b>”'));
});

describe('both languages', () => {
  it('have the same reasons', () =>
    expect(Object.keys(FRENCH).sort()).toEqual(Object.keys(ENGLISH).sort()));
  it('use the same words', () => {
    const words = (texts: Readonly<Record<string, string>>) =>
      Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [
          name,
          [...new Set(text.match(/\{\w+\}/g))].sort(),
        ]),
      );
    expect(words(FRENCH)).toEqual(words(ENGLISH));
  });
  it('French has a no-break space before ? ! : ; and within guillemets, and typographic apostrophes', () => {
    expect(
      Object.values(FRENCH).filter((text) => /[^\u00A0:][?!:;»](?!\w)|«[^\u00A0]|'/.test(text)),
    ).toEqual([]);
  });
});
