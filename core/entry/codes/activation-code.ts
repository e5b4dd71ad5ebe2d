import { createHmac } from 'node:crypto';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { keyOf } from '../../ground/secret.ts';
import { bitsOf, newSigns, readSigns } from './signs.ts';

/** How a code stands on paper. */
const GROUPS = [4, 3, 4, 4] as const;
const LENGTH = GROUPS.reduce<number>((sum, size) => sum + size, 0);

/** How much chance is in a code, in bits. */
export const ACTIVATION_BITS = bitsOf(LENGTH);

/** A new code, grouped for reading. */
export function newActivationCode(): string {
  return newSigns(GROUPS);
}

/**
 * A code as a person typed it, without what they may write otherwise; null for what can't be one.
 */
export function readActivationCode(typed: string): string | null {
  return readSigns(typed, LENGTH);
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
