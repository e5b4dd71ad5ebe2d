import { expect, it } from 'vitest';
import type { ShownQuestion } from '../../../core/school/imports/pending/contract.ts';
import { childVisit } from '../../testing/child-visit.ts';
import { clueLine } from './question-parts.ts';

const choice: ShownQuestion['choices'][number] = {
  id: 1,
  word: 'person-1',
  name: 'Camille Quernec',
  className: null,
  address: null,
  here: true,
  family: ['Odile Lefèvre'],
  evidence: null,
  marks: { mail: null, phone: null, home: null, born: null, parents: null },
};

it.each<{ kind: ShownQuestion['kind']; then: string }>([
  { kind: 'pupil', then: 'Responsables : Odile Lefèvre' },
  { kind: 'guardian', then: 'Enfants : Odile Lefèvre' },
])('the family of a $kind is said to be what it is', ({ kind, then }) =>
  expect(clueLine(childVisit({}), kind, choice).replaceAll('\u00a0', ' ')).toBe(then),
);
