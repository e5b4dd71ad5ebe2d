import { expect, it } from 'vitest';
import type { SchoolStanding } from '../../../core/town/town/contract.ts';
import { leftFor } from './left-to-do.ts';

const ready: SchoolStanding = {
  pupils: 112,
  people: 121,
  withoutCode: 0,
  heads: 1,
  communeId: null,
  headsNeverIn: 0,
  headSeenAt: null,
  listedAt: null,
  questions: 0,
};

it.each<{ when: string; given: Partial<SchoolStanding>; then: string }>([
  { when: 'all are in', given: {}, then: '' },
  { when: 'nobody is there yet', given: { pupils: 0, people: 0, heads: 0 }, then: 'list head' },
  { when: 'a line of a list is in doubt', given: { questions: 2 }, then: 'questions' },
  { when: 'the head has never come', given: { headsNeverIn: 1 }, then: 'head' },
  { when: 'codes are to be printed', given: { withoutCode: 52 }, then: 'codes' },
  {
    when: 'all of it',
    given: { pupils: 0, questions: 1, heads: 0, withoutCode: 3 },
    then: 'list questions head codes',
  },
])('where $when, what is left is « $then »', ({ given, then }) =>
  expect(leftFor({ ...ready, ...given }).join(' ')).toBe(then),
);
