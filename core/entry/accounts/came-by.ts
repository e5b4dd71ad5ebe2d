/** What a session of the pages was opened by, and whether that still holds. */
import type { AccountId } from '../../ground/ids.ts';
import { keptPassword, keptPictures } from '../../store/people/accounts.ts';
import type { SchoolTx } from '../../store/store.ts';
import { passwordMark } from './app-passwords.ts';
import type { CameBy } from './contract.ts';

export function byPassword(passwordHash: string): CameBy {
  return { kind: 'password', mark: passwordMark(passwordHash) };
}

/** By a code on paper, with the password that they have just chosen for it. */
export function byCode(passwordHash: string): CameBy {
  return { kind: 'code', mark: passwordMark(passwordHash) };
}

export function byPictures(hash: Buffer): CameBy {
  return { kind: 'pictures', mark: passwordMark(hash.toString('base64url')) };
}

/**
 * Whether an active account still has what its owner came in by. It keeps that until the end of the
 * transaction: who makes it anew waits, and then ends the session that was opened.
 */
export async function stillHolds(
  tx: SchoolTx,
  account: AccountId,
  { kind, mark }: CameBy,
): Promise<boolean> {
  if (kind === 'pictures') {
    const pictures = await keptPictures(tx, account);
    return pictures !== null && byPictures(pictures).mark === mark;
  }
  const password = await keptPassword(tx, account);
  return password !== null && byPassword(password).mark === mark;
}
