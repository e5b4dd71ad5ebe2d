import { describe, expect, it } from 'vitest';
import { checkLetter, readUai, uaiTrouble } from './uai.ts';

describe('a school’s national number', () => {
  it.each<{ when: string; typed: string; then: string }>([
    { when: 'a school of Paris', typed: '0750655E', then: '0750655E' },
    { when: 'one of the Gard', typed: '0301674G', then: '0301674G' },
    { when: 'small letters and spaces', typed: ' 0750 655 e ', then: '0750655E' },
    { when: 'a point before the letter', typed: '0690026.D', then: '0690026D' },
    { when: 'no remainder', typed: '0000000A', then: '0000000A' },
    { when: 'the largest remainder', typed: '0000022Z', then: '0000022Z' },
  ])('is read: $when', ({ typed, then }) => {
    expect(readUai(typed)).toBe(then);
    expect(uaiTrouble(typed)).toBeNull();
  });

  it.each<{ when: string; typed: string; why: string }>([
    { when: 'nothing', typed: '   ', why: 'uai-missing' },
    { when: 'six digits', typed: '750655E', why: 'uai-malformed' },
    { when: 'no letter', typed: '07506555', why: 'uai-malformed' },
    { when: 'two letters', typed: '0750655EE', why: 'uai-malformed' },
    { when: 'an accent', typed: '0750655É', why: 'uai-malformed' },
    { when: 'the letter of another number', typed: '0750655F', why: 'uai-letter' },
    { when: 'two digits turned round', typed: '0750565E', why: 'uai-letter' },
    { when: 'letters that are never one', typed: '0000008I', why: 'uai-letter' },
  ])('is none: $when', ({ typed, why }) => {
    expect(readUai(typed)).toBeNull();
    expect(uaiTrouble(typed)).toBe(why);
  });

  it('has each of the 23 letters for its remainder, and never I, O or Q', () => {
    const letters = Array.from({ length: 23 }, (_, rest) => checkLetter(String(rest)));
    expect(letters.join('')).toBe('ABCDEFGHJKLMNPRSTUVWXYZ');
  });

  it('shows every single wrong digit and every two neighbours turned round', () => {
    const digits = '0691234';
    const letter = checkLetter(digits);
    for (let at = 0; at < digits.length; at += 1) {
      for (const other of '0123456789')
        if (other !== digits[at])
          expect(checkLetter(digits.slice(0, at) + other + digits.slice(at + 1))).not.toBe(letter);
      const [one = '', next = ''] = digits.slice(at);
      if (one !== next && next !== '')
        expect(checkLetter(digits.slice(0, at) + next + one + digits.slice(at + 2))).not.toBe(
          letter,
        );
    }
  });
});
