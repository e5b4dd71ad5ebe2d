import { expect, it } from 'vitest';
import { isShortName, shortName } from './short-name.ts';

it.each<{ name: string; taken?: readonly string[]; then: string }>([
  { name: 'École élémentaire publique Jean Jaurès', then: 'jean-jaures' },
  { name: 'Ecole maternelle du Clos des Vignes', then: 'clos-des-vignes' },
  { name: 'GROUPE SCOLAIRE LES TILLEULS', then: 'tilleuls' },
  { name: 'École primaire d’application', then: 'ecole-primaire' },
  { name: 'École Antoine de Saint-Exupéry et de la Tour', then: 'antoine-de-saint-exupery' },
  { name: 'École', then: 'ecole' },
  { name: 'École 12', then: 'ecole-12' },
  { name: 'École de la ville', then: 'ecole-ville' },
  { name: 'Œuvre des Ifs', then: 'oeuvre-des-ifs' },
  { name: 'École Jean Moulin', taken: ['jean-moulin'], then: 'jean-moulin-2' },
  { name: 'École Jean Moulin', taken: ['jean-moulin', 'jean-moulin-2'], then: 'jean-moulin-3' },
])('$name is $then', ({ name, taken = [], then }) => {
  const short = shortName(name, new Set(taken));
  expect(short).toBe(then);
  expect(isShortName(short)).toBe(true);
});

it.each(['', 'ville', 'Tilleuls', 'les tilleuls', '-a', 'a-', '12', 'a'.repeat(41), 'é'])(
  '« %s » is no short name',
  (text) => expect(isShortName(text)).toBe(false),
);
