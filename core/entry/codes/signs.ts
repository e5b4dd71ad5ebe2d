import { randomInt } from 'node:crypto';

/** Letters and digits that nobody takes for another: no I L 1, O 0, S 5, B 8, Z 2, G 6. */
const ALPHABET = 'ACDEFHJKMNPQRTUVWXY3479';
/** More than anybody types for a code, spaces and all. */
const MOST_TYPED = 100;

/** How much chance is in so many signs, in bits: 15 of 23 are 67.8. */
export const bitsOf = (signs: number): number => signs * Math.log2(ALPHABET.length);

/** New signs from the system's secure chance, in groups of these sizes for reading. */
export function newSigns(groups: readonly number[]): string {
  const group = (size: number): string =>
    Array.from({ length: size }, () => ALPHABET[randomInt(ALPHABET.length)] ?? '').join('');
  return groups.map(group).join('-');
}

/** Signs as a person typed them, without what they may write otherwise; null for what is none. */
export function readSigns(typed: string, count: number): string | null {
  if (typed.length > MOST_TYPED) return null;
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '');
  return signs.length === count && [...signs].every((sign) => ALPHABET.includes(sign))
    ? signs
    : null;
}
