import { expect, it } from 'vitest';
import { shownSchoolName, toldApart } from './shown-name.ts';

it.each([
  ['ECOLE ELEMENTAIRE JULES FERRY', 'École élémentaire Jules Ferry'],
  ['ECOLE MATERNELLE PUBLIQUE LES TILLEULS', 'École maternelle publique les Tilleuls'],
  ['ÉCOLE PRIMAIRE JEAN JAURES', 'École primaire Jean Jaurès'],
  ["ECOLE D'APPLICATION ANDRE MALRAUX", "École d'application André Malraux"],
  ["ECOLE ELEMENTAIRE L'ILE AUX OISEAUX", "École élémentaire l'Ile aux Oiseaux"],
  ['ECOLE SAINT-EXUPERY', 'École Saint-Exupéry'],
  ['GROUPE SCOLAIRE JOLIOT-CURIE II', 'Groupe scolaire Joliot-Curie II'],
  ['RPI DE LA VALLEE', 'RPI de la vallée'],
  ['ECOLE DE SAINT-MARTIN-DES-CHAMPS', 'École de Saint-Martin-des-Champs'],
  ['École Élémentaire JULES FERRY', 'École Élémentaire JULES FERRY'],
  ['Ecole des Tilleuls', 'Ecole des Tilleuls'],
  ['', ''],
])('%s is shown as %s', (kept, shown) => expect(shownSchoolName(kept)).toBe(shown));

it('schools of one name are told apart by their commune, where they have one', () => {
  const named = (name: string, commune: string | null) => ({ name, commune });
  const shown = toldApart([
    named('Ecole maternelle Jean Zay', 'Rivières'),
    named('ECOLE MATERNELLE JEAN ZAY', 'Bourg-Neuf'),
    named('École maternelle Jean Zay', null),
    named('École Pasteur', 'Rivières'),
  ]);
  expect(shown.map(({ shownName }) => shownName)).toEqual([
    'École maternelle Jean Zay',
    'École maternelle Jean Zay (Bourg-Neuf)',
    'Ecole maternelle Jean Zay (Rivières)',
    'École Pasteur',
  ]);
});
