import { createHmac } from 'node:crypto';
import type { AccountId } from '../../ground/ids.ts';
import { keyOf } from '../../ground/secret.ts';
import { saveRecoveryCodes } from '../../store/people/recovery-codes.ts';
import type { SchoolTx } from '../../store/store.ts';
import { newSigns, readSigns } from '../codes/signs.ts';

/** On one sheet: enough for years, and few enough to be copied by hand. */
const CODES = 10;
/** 45 bits each, behind a password and the counters of the second step. */
const GROUPS = [5, 5] as const;
const LENGTH = GROUPS.reduce<number>((sum, size) => sum + size, 0);

/** Ten new codes in place of all others, kept as keyed hashes; what they say is given once. */
export async function makeRecoveryCodes(
  tx: SchoolTx,
  account: AccountId,
  { secret, now }: { readonly secret: Buffer; readonly now: Date },
): Promise<readonly string[]> {
  const codes = new Set<string>();
  while (codes.size < CODES) codes.add(newSigns(GROUPS));
  await saveRecoveryCodes(tx, account, {
    now,
    hashes: [...codes].map((code) => hashOf(secret, account, code.replaceAll('-', ''))),
  });
  return [...codes];
}

/** What is kept of a code as it was typed; null for what can't be one. */
export function recoveryHash(secret: Buffer, account: AccountId, typed: string): Buffer | null {
  const signs = readSigns(typed, LENGTH);
  return signs === null ? null : hashOf(secret, account, signs);
}

/** Bound to the account, not to its school: a move takes the codes along. */
function hashOf(secret: Buffer, account: AccountId, signs: string): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`recovery\0${account}\0${signs}`).digest();
}
