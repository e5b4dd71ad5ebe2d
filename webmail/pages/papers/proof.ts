import type { WithAccounts } from '../../../core/entry/accounts/contract.ts';
import type { AnswerGiven } from '../../../core/school/papers/contract/slips.ts';
import type { Visit } from '../../frame/visit.ts';

/** How long a password that was given speaks for who sits there. */
const PROVED_MS = 15 * 60_000;

type ProofPart = WithAccounts<'proof' | 'proveAgain'>;

/**
 * Whether the password is asked again before something is signed: a while after it was given, and
 * always on a computer that others share, since children sit at open sessions.
 */
export async function needsPassword(visit: Visit<ProofPart>): Promise<boolean> {
  if (!visit.ownComputer) return true;
  const proof = await visit.core.accounts.proof(visit.viewer, visit.sessionToken);
  return proof === null || visit.now.getTime() - proof.at.getTime() > PROVED_MS;
}

/** By what an answer came in; or why it may not yet. */
export type Proved =
  | { readonly kind: 'proved'; readonly way: AnswerGiven['way'] }
  | { readonly kind: 'password' | 'wrongPassword' }
  | { readonly kind: 'wait'; readonly seconds: number };

/** Looks at the password of a form, where one is needed. */
export async function provedBy(visit: Visit<ProofPart>, password: string): Promise<Proved> {
  const { accounts } = visit.core;
  if (await needsPassword(visit)) {
    if (password === '') return { kind: 'password' };
    const given = await accounts.proveAgain(visit.viewer, { token: visit.sessionToken, password });
    if (given.kind === 'wait') return given;
    if (given.kind === 'no-match') return { kind: 'wrongPassword' };
  }
  const proof = await accounts.proof(visit.viewer, visit.sessionToken);
  if (proof?.byCode) return { kind: 'proved', way: 'code-sheet' };
  return { kind: 'proved', way: proof?.hasSecondFactor ? 'second-factor' : 'password' };
}
