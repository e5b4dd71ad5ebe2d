import { expect, it } from 'vitest';
import type { Reachable } from '../../core/mail/writing/contract.ts';
import { childVisit } from '../testing/child-visit.ts';
import { foundFor, inWords } from './called.ts';

const visit = childVisit({});
const claire: Reachable = {
  kind: 'adult',
  name: 'Claire Lefèvre',
  address: 'claire.lefevre@ecoles.preau.test',
  face: 'CL',
  cover: 2,
  group: 'teachers',
  listKind: null,
  count: 1,
  classes: ['CE1 A'],
  title: 'teacher',
};

it.each<{ who: string; given: Partial<Reachable>; then: string }>([
  { who: 'their own teacher', given: {}, then: 'ta classe' },
  { who: 'a teacher of another class', given: { classes: ['CP'] }, then: 'l’école' },
  {
    who: 'a teacher of the linked class',
    given: { group: 'linked', classes: ['CE1 A'] },
    then: 'l’autre classe',
  },
  { who: 'the head, who has a class too', given: { title: 'head' }, then: 'la direction' },
  { who: 'a parent', given: { group: 'families', title: 'Noé' }, then: 'ta famille' },
  { who: 'somebody of the team', given: { classes: [], title: 'staff' }, then: 'l’école' },
])('a child is told of $who: $then', ({ given, then }) =>
  expect(inWords(visit, [{ ...claire, ...given }]).map(({ title }) => title)).toEqual([then]),
);

it.each<{ words: string; then: readonly string[] }>([
  { words: 'lefevre', then: ['Claire Lefèvre'] },
  { words: ' CLAIRE  ce1 ', then: ['Claire Lefèvre'] },
  { words: 'claire robin', then: [] },
  { words: 'r', then: ['Claire Lefèvre', 'Julie Robin'] },
])('all words are looked for, near first and each once: $words', ({ words, then }) => {
  const julie: Reachable = {
    ...claire,
    name: 'Julie Robin',
    address: 'julie.robin@ecoles.preau.test',
  };
  expect(
    foundFor(words, [claire], words === 'r' ? [julie, claire] : []).map(({ name }) => name),
  ).toEqual(then);
});
