/** Check letters by the remainder of the number: the alphabet without I, O and Q. */
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const SHAPE = /^(\d{7})([A-Z])$/;

/**
 * The number by which the state knows a school (unité administrative immatriculée, once RNE): seven
 * digits and a letter that checks them, their remainder by 23. Gives it as it is written; null for
 * what is none, a wrong letter too.
 */
export function readUai(typed: string): string | null {
  const text = typed.replaceAll(/[\s.-]/g, '').toUpperCase();
  const [, digits, letter] = SHAPE.exec(text) ?? [];
  return digits !== undefined && LETTERS[Number(digits) % LETTERS.length] === letter ? text : null;
}
