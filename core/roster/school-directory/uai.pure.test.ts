import { describe, expect, it } from 'vitest';
import { checkLetter, readUai } from './uai.ts';

describe('a school’s national number', () => {
  it.each([
    ['0750655E', '0750655E'],
    ['0301674G', '0301674G'],
    [' 0690026 d ', '0690026D'],
    ['0782562l', '0782562L'],
    ['0000000A', '0000000A'],
    ['0000022Z', '0000022Z'],
  ])('%j is %s', (written, uai) => expect(readUai(written)).toEqual({ uai }));

  it.each([
    ['', 'uai-missing'],
    ['   ', 'uai-missing'],
    ['690026D', 'uai-malformed'],
    ['06900265', 'uai-malformed'],
    ['0690026DD', 'uai-malformed'],
    ['0750655A', 'uai-letter'],
    ['0000008I', 'uai-letter'],
    ['0000013O', 'uai-letter'],
    ['0690026É', 'uai-malformed'],
  ])('%j is refused: %s', (written, why) => expect(readUai(written)).toEqual({ why }));

  it('has each of the 23 letters for its remainder, and never I, O or Q', () => {
    const letters = Array.from({ length: 23 }, (_, rest) => checkLetter(String(rest)));
    expect(letters.join('')).toBe('ABCDEFGHJKLMNPRSTUVWXYZ');
  });

  it('shows every single wrong digit and every two neighbours exchanged', () => {
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
