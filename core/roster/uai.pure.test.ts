import { expect, it } from 'vitest';
import { readUai } from './uai.ts';

it.each<{ when: string; typed: string; then: string | null }>([
  { when: 'a school of Paris', typed: '0750655E', then: '0750655E' },
  { when: 'small letters and spaces', typed: ' 0750 655 e ', then: '0750655E' },
  { when: 'the letter of another number', typed: '0750655F', then: null },
  { when: 'two digits turned round', typed: '0750565E', then: null },
  { when: 'six digits', typed: '750655E', then: null },
  { when: 'a letter that is never one', typed: '0000008I', then: null },
  { when: 'nothing', typed: '', then: null },
])('$when', ({ typed, then }) => expect(readUai(typed)).toBe(then));
