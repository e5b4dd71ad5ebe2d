import { canonicalAddress, domainOf } from '../../../ground/address.ts';
import type { HeaderAddress } from '../../../letters/message/message.ts';
import type { ProvedBy } from '../../../store/mail/contract.ts';
import type { SenderProof } from '../contract.ts';
import type { Asker } from './judge.ts';

/** Nobody asked, or nobody answered. */
export const UNPROVEN: SenderProof = { authentication: 'none', headers: '', server: [] };

/**
 * Who wrote a stranger's message, as the rules ask about them: the address of its From, of which
 * there is one, since that is what a reader is shown. Somebody without one is nobody whom a teacher
 * approved.
 */
export function authorOf(
  from: readonly HeaderAddress[],
  proof: SenderProof,
): Asker & { kind: 'outside' } {
  const address = addressOf(from);
  const proved = provedBy(address, proof) === null ? 'none' : 'pass';
  const authentication = proof.authentication === 'fail' ? 'fail' : proved;
  return { kind: 'outside', address, authentication };
}

/**
 * What proves the From address: a proof of the domain that we read there. Another program may have
 * read another one.
 */
export function proofOf(from: readonly HeaderAddress[], proof: SenderProof): ProvedBy | null {
  return provedBy(addressOf(from), proof);
}

/** The same of a message that was stored with what proved it. */
export function storedAuthor(
  from: readonly HeaderAddress[],
  proof: ProvedBy | null,
): Asker & { kind: 'outside' } {
  return {
    kind: 'outside',
    address: addressOf(from),
    authentication: proof === null ? 'none' : 'pass',
  };
}

/**
 * Whether the checks asked the domain of another author than the one whom we show: a From that two
 * programs read otherwise would keep a forger from the domain that forbids them (RFC 9989 §11.1).
 * What can't have a policy, a name without a dot or a number, is no domain to be asked.
 */
export function isReadOtherwise(
  from: readonly HeaderAddress[],
  { authorDomain }: SenderProof,
): boolean {
  const domain = domainOf(from[0]?.address ?? '');
  const mayHavePolicy = domain.includes('.') && !domain.startsWith('[');
  return authorDomain !== undefined && mayHavePolicy && authorDomain !== domain;
}

function addressOf(from: readonly HeaderAddress[]): string | null {
  const [only, ...more] = from;
  return only === undefined || more.length > 0 ? null : canonicalAddress(only.address);
}

function provedBy(address: string | null, proof: SenderProof): ProvedBy | null {
  if (address === null || proof.authentication !== 'pass') return null;
  return proof.domain === domainOf(address) ? proof.by : null;
}
