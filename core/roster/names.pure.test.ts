import { describe, expect, it } from 'vitest';
import { canonicalLocal } from '../ground/address.ts';
import {
  inSmallLetters,
  LOCAL_CHARACTERS,
  localOf,
  nameKey,
  numberedLocal,
  personKey,
} from './names.ts';

describe('two spellings of one name', () => {
  it.each([
    ['D’ALMEIDA', "d'Almeida"],
    ['d Almeida', 'D’Almeida'],
    ['ANNE ZOE', 'Anne-Zoé'],
    ['de La Tour', 'DE LA TOUR'],
    ['Jean  -  Baptiste', 'jean-baptiste'],
    ['BŒUF', 'Boeuf'],
    ['Zoe\u0308', 'Zoë'],
    ['N’GUESSAN', 'N´Guessan'],
    ['Özdemir', 'OZDEMIR'],
    ['LÆTITIA', 'Laetitia'],
    ['Łukasz', 'lukasz'],
    ['İnci', 'inci'],
    ['Straße', 'STRASSE'],
  ])('%s and %s are one', (one, other) => expect(nameKey(one)).toBe(nameKey(other)));

  it.each([
    ['Tour', 'de La Tour'],
    ['Martin', 'Martin-Dupont'],
    ['Le Goff', 'Legoff'],
    ['+1+1', '-2+3'],
    ['李', '王'],
    ['?', '!'],
  ])('%s and %s are two', (one, other) => expect(nameKey(one)).not.toBe(nameKey(other)));

  it('a birth date tells homonyms apart', () => {
    const lea = { familyName: 'Martin', givenName: 'Léa', birthDate: '2019-03-02' };
    expect(personKey({ ...lea, familyName: 'MARTIN', givenName: 'LEA' })).toBe(personKey(lea));
    expect(personKey({ ...lea, birthDate: '2019-03-03' })).not.toBe(personKey(lea));
  });
});

describe('the local part of an address', () => {
  it.each([
    ['Léa', 'MARTIN', 'lea.martin'],
    ['Jean-Baptiste', 'de La Tour', 'jean-baptiste.de-la-tour'],
    ['Marie Claire', 'd’Almeida', 'marie-claire.d-almeida'],
    ['Zoë', 'Bœuf', 'zoe.boeuf'],
    ['Aïssata', 'N’Diaye', 'aissata.n-diaye'],
    ['Noé', 'El Idrissi', 'noe.el-idrissi'],
    ['Lætitia', 'Ben  Salah', 'laetitia.ben-salah'],
    ['Fañch', 'Le Goff', 'fanch.le-goff'],
    ['Łucja', 'Özdemir', 'lucja.ozdemir'],
    ['Tho\u0302', 'Nguyễn', 'tho.nguyen'],
    ['Paul-Émile', 'O’Brien', 'paul-emile.o-brien'],
    ['=HYPERLINK("x")', '@SUM(1)', 'hyperlink-x.sum-1'],
    ['Anne (dite Nana)', 'St. Ange', 'anne-dite-nana.st-ange'],
  ])('%s %s is %s', (given, family, local) => {
    expect(localOf(given, family)).toBe(local);
    expect(canonicalLocal(`${local}@ecoles.example`)).not.toBeNull();
  });

  it('is cut at a hyphen, whatever the length of the names', () => {
    expect(
      localOf(
        'Marie-Charlotte-Joséphine-Antoinette',
        'de la Rochefoucauld-Montmorency de Saint-Germain',
      ),
    ).toBe('marie-charlotte.de-la-rochefoucauld-montmorency');
    expect(localOf('Léa', `de la ${'Z'.repeat(60)}`)).toMatch(/^lea\.de-la-z{20,}$/);
    const long = localOf('x'.repeat(300), 'y'.repeat(300)) ?? '';
    expect(long.length).toBeLessThanOrEqual(LOCAL_CHARACTERS);
    expect(numberedLocal(long, 9_999).length).toBeLessThanOrEqual(64);
  });

  it.each([
    ['李', '王'],
    ['Léa', '?'],
    ['', 'Martin'],
  ])('%s %s needs somebody to say how it is written', (given, family) =>
    expect(localOf(given, family)).toBeNull(),
  );

  it('homonyms have a number from the second on', () => {
    expect([1, 2, 12].map((homonym) => numberedLocal('lea.martin', homonym))).toEqual([
      'lea.martin',
      'lea.martin2',
      'lea.martin12',
    ]);
    expect(numberedLocal('louis.martin2', 2)).toBe('louis.martin2-2');
  });
});

describe('names in capitals', () => {
  it.each([
    ['MARTIN-DUPONT', 'Martin-Dupont'],
    ["N'DIAYE", 'N’Diaye'],
    ['ÉTIENNE', 'Étienne'],
    ['de La Tour', 'de La Tour'],
    ['McDonald', 'McDonald'],
    ['BEN SALAH', 'Ben Salah'],
    ['DE LA TOUR', 'de La Tour'],
    ["D'ALMEIDA", 'd’Almeida'],
    ["l'Hermite", 'l’Hermite'],
    ['DE', 'De'],
    ['ROSE DES PRÉS', 'Rose des Prés'],
    ['+1+1', '+1+1'],
    ['王', '王'],
  ])('%s is shown as %s', (name, shown) => expect(inSmallLetters(name)).toBe(shown));
});
