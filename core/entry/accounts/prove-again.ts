import type { Viewer } from '../../rules/viewer.ts';
import { noteProved, provedAt } from '../../store/people/accounts.ts';
import { knownBy, type ChangeParts } from './change-password.ts';
import type { Proof, ProvedAgain } from './contract.ts';
import { readToken } from './session-token.ts';

/** When a session's password was given last, and whether a second factor opened it besides. */
export async function proofOf(
  { store }: Pick<ChangeParts, 'store'>,
  viewer: Viewer,
  token: string,
): Promise<Proof | null> {
  const open = readToken(token);
  return open && store.read(viewer.school, (tx) => provedAt(tx, viewer.account, open.id));
}

/** The password once more, in a session that is open; tries are counted as at the door. */
export async function proveAgain(
  parts: ChangeParts,
  viewer: Viewer,
  given: { readonly token: string; readonly password: string },
): Promise<ProvedAgain> {
  const open = readToken(given.token);
  if (open === null) return { kind: 'no-match' };
  const known = await knownBy(parts, viewer, given.password);
  if ('kind' in known) return known.kind === 'wait' ? known : { kind: 'no-match' };
  const at = parts.clock();
  await parts.store.write(viewer.school, (tx) => noteProved(tx, open.id, at));
  return { kind: 'proved' };
}
