/** Somebody gives themselves another password: what they must know, and what ends with the old. */
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeOwnAct } from '../../store/audit.ts';
import {
  credentialsOf,
  deleteOtherSessions,
  renewSession,
  replacePassword,
} from '../../store/people/accounts.ts';
import { voidUnusedCode } from '../../store/people/codes.ts';
import type { SchoolTx, Store } from '../../store/store.ts';
import { ownerOf, passwordFault } from '../codes/password-rule.ts';
import { fits, hashPassword } from '../codes/password.ts';
import type { GuessLimiter } from '../guessing/guessing.ts';
import { endAppPassword } from './app-passwords.ts';
import type { NewPassword, PasswordChange } from './contract.ts';
import { useCode } from './second-step.ts';
import { newSession, readToken } from './session-token.ts';

/** What it takes to ask somebody for their password once more. */
export interface ChangeParts {
  readonly store: Store;
  readonly secret: Buffer;
  readonly clock: () => Date;
  readonly guessing: GuessLimiter;
  /** Every process looks again at what this account has open. */
  readonly announce: (school: SchoolId, accounts: readonly AccountId[]) => void;
  /** Tells somebody that their password is another one by now; never throws. */
  readonly tellOfPassword: (viewer: Viewer) => Promise<void>;
}

/** What is known once the old password was right. */
interface Known {
  readonly passwordHash: string;
  readonly hasSecondFactor: boolean;
}

/**
 * The new password is looked at first: a faulty one costs nobody a try or a code of their phone.
 * Then the old one, counted as at the door, and the code where there is a second factor.
 */
export async function changePassword(
  parts: ChangeParts,
  viewer: Viewer,
  given: NewPassword & { readonly token: string },
): Promise<PasswordChange> {
  const open = readToken(given.token);
  if (viewer.role === 'pupil' || open === null) return { kind: 'too-late' };
  const why =
    given.chosen === given.password ? 'same' : passwordFault(given.chosen, ownerOf(viewer));
  if (why !== null) return { kind: 'faulty', why };
  const known = await knownBy(parts, viewer, given.password);
  if ('kind' in known) return known;
  if (known.hasSecondFactor) {
    const used = await useCode(parts, { ...viewer, code: given.code, from: null });
    if (used.kind === 'no-match') return { kind: 'no-match', what: 'code' };
    if (used.kind === 'wait') return used;
  }
  const passwordHash = await hashPassword(given.chosen);
  const { token, kept } = newSession(viewer.school);
  const done = await parts.store.write(viewer.school, async (tx) => {
    const change = { account: viewer.account, old: known.passwordHash, passwordHash };
    if (!(await replacePassword(tx, change))) return false;
    await endOthers(tx, viewer, given.devices);
    await renewSession(tx, open.id, kept);
    await deleteOtherSessions(tx, { account: viewer.account, id: kept.id }, 'all');
    return true;
  });
  if (!done) return { kind: 'too-late' };
  parts.announce(viewer.school, [viewer.account]);
  await parts.tellOfPassword(viewer);
  return { kind: 'changed', token };
}

/** Looks at a password that is given again, and counts the try as at the door. */
export async function knownBy(
  { store, guessing }: ChangeParts,
  { school, addressId, address }: Viewer,
  password: string,
): Promise<Known | PasswordChange> {
  const begun = performance.now();
  const taken = await guessing.take({ way: 'web', address, apart: '', ip: null, devices: '' });
  if (taken.kind === 'wait') return guessing.evenly(begun, taken);
  const found = await store.read(school, (tx) => credentialsOf(tx, addressId));
  const passwordHash = found?.passwordHash ?? null;
  if (!(await fits(passwordHash, password)) || passwordHash === null) {
    const wrong = await taken.wrong();
    return wrong.kind === 'wait' ? wrong : { kind: 'no-match', what: 'password' };
  }
  await taken.half();
  return { passwordHash, hasSecondFactor: found?.hasSecondFactor === true };
}

/** What else somebody could come in by: a code on paper that waits, devices that are named. */
async function endOthers(
  tx: SchoolTx,
  viewer: Viewer,
  devices: NewPassword['devices'],
): Promise<void> {
  await voidUnusedCode(tx, viewer.account);
  for (const device of devices) await endAppPassword(tx, viewer, device);
  await writeOwnAct(tx, viewer.addressId, 'change-password');
}
