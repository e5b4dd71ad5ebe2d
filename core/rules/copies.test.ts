import { expect, it } from 'vitest';
import { isCopied, mayHaveCopies, type CopyFacts } from './copies.ts';

const CLASS_LETTER: CopyFacts = {
  writer: 'teacher',
  reader: 'guardian',
  readerState: 'active',
  through: 'class-families',
  automatic: false,
  outsideForbidden: false,
};

it.each<{ readonly when: string; readonly given: Partial<CopyFacts>; readonly then: boolean }>([
  { when: 'a teacher writes to the families of a class', given: {}, then: true },
  { when: 'to the class itself', given: { through: 'class', reader: 'teacher' }, then: true },
  { when: 'to all families of the school', given: { through: 'families' }, then: true },
  { when: 'the head does', given: { writer: 'head' }, then: true },
  { when: 'it is for one person', given: { through: null }, then: false },
  { when: 'it is for the team', given: { through: 'team', reader: 'teacher' }, then: false },
  { when: 'a child wrote it', given: { writer: 'pupil', through: 'class' }, then: false },
  { when: 'a stranger wrote it', given: { writer: 'outside', through: 'class' }, then: false },
  { when: 'a program did', given: { automatic: true }, then: false },
  { when: 'its reader is a child', given: { reader: 'pupil', through: 'class' }, then: false },
  { when: 'its reader is an agent', given: { reader: 'agent' }, then: false },
  { when: 'the account is suspended', given: { readerState: 'suspended' }, then: false },
  { when: 'the account is archived', given: { readerState: 'archived' }, then: false },
  { when: 'its adults write to nobody outside', given: { outsideForbidden: true }, then: true },
  {
    when: 'so does the teacher who would have the copy',
    given: { outsideForbidden: true, reader: 'teacher' },
    then: false,
  },
])('a copy leaves where $when: $then', ({ given, then }) => {
  const facts = { ...CLASS_LETTER, ...given };
  expect(isCopied(facts) && mayHaveCopies(facts)).toBe(then);
});
