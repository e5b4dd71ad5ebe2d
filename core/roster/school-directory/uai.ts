/**
 * A school's national number, the UAI (unité administrative immatriculée, formerly RNE): seven
 * digits, of which the first three say the département, and a letter that proves them.
 */

/** The remainder of the seven digits by 23, as a letter; I, O and Q look too much like digits. */
const CHECK_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const SHAPE = /^(\d{7})([A-Z])$/;

/** What is wrong with a number, by name. */
export type UaiTrouble = 'uai-missing' | 'uai-malformed' | 'uai-letter';

/** A number in its one spelling, or what is wrong with it. */
export function readUai(text: string): { readonly uai: string } | { readonly why: UaiTrouble } {
  const uai = text.replace(/[\s.-]/g, '').toUpperCase();
  if (uai === '') return { why: 'uai-missing' };
  const [, digits, letter] = SHAPE.exec(uai) ?? [];
  if (digits === undefined) return { why: 'uai-malformed' };
  return checkLetter(digits) === letter ? { uai } : { why: 'uai-letter' };
}

/** The letter that goes with seven digits. */
export function checkLetter(digits: string): string {
  return CHECK_LETTERS.charAt(Number(digits) % CHECK_LETTERS.length);
}
