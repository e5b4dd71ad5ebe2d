/** The remainder of the seven digits by 23, as a letter; I, O and Q look too much like digits. */
const CHECK_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const SHAPE = /^(\d{7})([A-Z])$/;

/** What is wrong with a school's number, by name. */
export type UaiTrouble = 'uai-missing' | 'uai-malformed' | 'uai-letter';

/**
 * The number by which the state knows a school (unité administrative immatriculée, once RNE): seven
 * digits, of which the first three say the département, and a letter that proves them. Gives it as
 * it is written; null for what is none, a wrong letter too.
 */
export function readUai(typed: string): string | null {
  const text = withoutGaps(typed);
  return uaiTrouble(text) === null ? text : null;
}

/** Why a text is no school's number; null where it is one. */
export function uaiTrouble(typed: string): UaiTrouble | null {
  const text = withoutGaps(typed);
  if (text === '') return 'uai-missing';
  const [, digits, letter] = SHAPE.exec(text) ?? [];
  if (digits === undefined) return 'uai-malformed';
  return checkLetter(digits) === letter ? null : 'uai-letter';
}

/** The letter that goes with seven digits. */
export function checkLetter(digits: string): string {
  return CHECK_LETTERS.charAt(Number(digits) % CHECK_LETTERS.length);
}

function withoutGaps(typed: string): string {
  return typed.replaceAll(/[\s.-]/g, '').toUpperCase();
}
