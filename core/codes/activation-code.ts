import { createHmac, randomInt } from 'node:crypto';
import type { AccountId, SchoolId } from '../ids.ts';
import { keyOf } from '../secret.ts';

/** Letters and digits that nobody takes for another: no I L 1, O 0, S 5, B 8, Z 2, G 6. */
const ALPHABET = 'ACDEFHJKMNPQRTUVWXY3479';
/** How a code stands on paper. */
const GROUPS = [4, 3, 4, 4] as const;
const LENGTH = GROUPS.reduce<number>((sum, size) => sum + size, 0);

/** How much chance is in a code, in bits: 15 signs of 23 are 67.8. */
export const ACTIVATION_BITS = LENGTH * Math.log2(ALPHABET.length);

/**
 * A new code, grouped for reading, from the system's secure chance. `chance` gives a whole number
 * below its argument.
 */
export function newActivationCode(
  chance: (below: number) => number = (below) => randomInt(below),
): string {
  const signs = Array.from({ length: LENGTH }, () => ALPHABET[chance(ALPHABET.length)] ?? '').join(
    '',
  );
  let at = 0;
  return GROUPS.map((size) => signs.slice(at, (at += size))).join('-');
}

/**
 * A code as a person typed it, without what they may write otherwise; null for what can't be one.
 */
export function readActivationCode(typed: string): string | null {
  if (typed.length > 100) return null;
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '');
  return signs.length === LENGTH && [...signs].every((sign) => ALPHABET.includes(sign))
    ? signs
    : null;
}

/**
 * What is kept of a code: bound to its account, so that equal codes of two people don't look alike
 * either.
 */
export function activationHash(
  secret: Buffer,
  owner: { readonly school: SchoolId; readonly account: AccountId },
  code: string,
): Buffer {
  return createHmac('sha256', keyOf(secret))
    .update(`activation\0${owner.school}\0${owner.account}\0${code.replaceAll('-', '')}`)
    .digest();
}
