import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIMES } from '../../../tests/shared/slice.ts';
import { canonicalLocal } from '../../ground/address.ts';
import {
  communeShortName,
  isShortName,
  proposeShortName,
  proposeShortNames,
} from './short-names.ts';

const PROPOSED_SIGNS = 30;

const propose = (...names: readonly [name: string, commune?: string][]): string[] => {
  const schools = names.map(([name, commune = 'Bron'], index) => ({
    uai: `069000${index}A`,
    name,
    commune,
  }));
  const found = proposeShortNames(schools, new Set(['deja-pris']));
  return schools.map(({ uai }) => found.get(uai) ?? '');
};

describe('the short name of a school', () => {
  it.each([
    ['École élémentaire publique Jean Moulin', 'jean-moulin'],
    ['ECOLE PRIMAIRE VICTOR HUGO', 'victor-hugo'],
    ['Ecole primaire publique de la Mairie', 'mairie'],
    ['École de l’Europe', 'europe'],
    ['Ecole La Fontaine', 'la-fontaine'],
    ['Groupe scolaire Les Tilleuls', 'tilleuls'],
    ['Ecole maternelle', 'bron'],
    ['École élémentaire d’application Jules Ferry', 'jules-ferry'],
    ['Jean Jaurès maternelle', 'jean-jaures'],
    ['École Marie-Claude Vaillant-Couturier', 'marie-claude'],
    ['École du 8 mai 1945', '8-mai-1945'],
    ['École 12', 'ecole-12'],
    ['École Anticonstitutionnellement', 'anticonstitutionnell'],
    ['École Direction', 'ecole-direction'],
    ['École Déjà pris', 'deja-pris-bron'],
  ])('of %s is %s', (name, short) => expect(propose([name])).toEqual([short]));

  it('says the kind where two schools share a name, else the commune, else a number', () => {
    expect(
      propose(
        ['École maternelle Jean Moulin'],
        ['École élémentaire Jean Moulin'],
        ['École primaire Pasteur', 'Bron'],
        ['École primaire Pasteur', 'Vénissieux'],
        ['École Curie'],
        ['École Curie'],
        ['École Anne Frank'],
      ),
    ).toEqual([
      'jean-moulin-mat',
      'jean-moulin-elem',
      'pasteur-bron',
      'pasteur-venissieux',
      'curie',
      'curie-2',
      'anne-frank',
    ]);
  });

  const word = fc.constantFrom(
    'École',
    'maternelle',
    'élémentaire',
    'publique',
    'de',
    'la',
    'Jean',
    'Moulin',
    'moulin',
    '8',
    'Œuvre',
    '  ',
    '’',
    '漢字',
    'mat',
    '2',
    'ville',
    'Saint-Exupéry-et-compagnie',
  );
  const school = fc.record({
    name: fc.oneof(
      fc.array(word, { maxLength: 5 }).map((words) => words.join(' ')),
      fc.string(),
    ),
    commune: fc.constantFrom('Bron', 'Saint-Étienne-du-Rouvray-lès-Forêts', '', '漢'),
  });

  it('is unique, fits into every address of the school, and hangs on no order', () => {
    fc.assert(
      fc.property(
        fc.array(school, { maxLength: 25 }),
        fc.uniqueArray(fc.constantFrom('moulin', 'jean-moulin', 'bron', 'bron-2', 'ecole-1')),
        (given, takenNames) => {
          const taken = new Set<string>(takenNames);
          const schools = given.map((one, index) => ({ ...one, uai: String(index).padStart(7) }));
          const found = proposeShortNames(schools, taken);
          expect(found.size).toBe(schools.length);
          expect(new Set(found.values()).size).toBe(schools.length);
          for (const short of found.values()) {
            expect(isShortName(short)).toBe(true);
            expect(taken.has(short)).toBe(false);
            expect(short.length).toBeLessThanOrEqual(PROPOSED_SIGNS);
            expect(canonicalLocal(`familles.ce1-ce2-b.${short}@ecoles.example`)).not.toBeNull();
          }
          const turned = proposeShortNames(schools.toReversed(), taken);
          for (const [uai, short] of found) expect(turned.get(uai)).toBe(short);
        },
      ),
      { numRuns: 150 * TIMES },
    );
  });

  it.each(['', 'ville', 'Tilleuls', 'les tilleuls', '-a', 'a-', '12', 'a'.repeat(41), 'é'])(
    'is never « %s »',
    (text) => expect(isShortName(text)).toBe(false),
  );

  it('of one school alone minds those that are taken', () => {
    const jean = { name: 'École Jean Moulin', commune: '' };
    expect(proposeShortName(jean, new Set())).toBe('jean-moulin');
    expect(proposeShortName(jean, new Set(['jean-moulin']))).toBe('jean-moulin-2');
    expect(proposeShortName({ ...jean, commune: 'Bron' }, new Set(['jean-moulin']))).toBe(
      'jean-moulin-bron',
    );
  });

  it('of a commune is its own, numbered where it is taken', () => {
    expect(communeShortName('Saint-Étienne', new Set())).toBe('saint-etienne');
    expect(communeShortName('Bron', new Set(['bron', 'bron-2']))).toBe('bron-3');
  });
});
