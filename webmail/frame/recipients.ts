import type { Reachable, WithWritings } from '../../core/mail/writing/contract.ts';
import type { Face } from '../../core/rules/viewer.ts';
import { inWords } from './called.ts';
import type { Visit } from './visit.ts';

/** Nobody has an address there (RFC 2606 §2): it was a group of the writer's, and is removed. */
const NOWHERE = '.invalid';

export interface Recipient extends Face {
  /** How many people it is: 1, or those of a list. */
  readonly count: number;
  /** What it is the list of; null for a person. */
  readonly listKind: Reachable['listKind'];
  /** Somebody outside with whom the writer has exchanged no letter yet. */
  readonly firstTime?: boolean;
}

/**
 * How the chosen addresses are shown. A child sees only people of their picker: whoever is no
 * longer there is left out and counted, as is a group that its owner has removed.
 */
export async function recipientsOf(
  visit: Visit<WithWritings<'among'>>,
  reach: readonly Reachable[],
  addresses: readonly string[],
): Promise<{ readonly shown: readonly Recipient[]; readonly gone: number }> {
  const known = new Map(reach.map((one) => [one.address, one]));
  const missing = addresses.filter((address) => !known.has(address));
  if (missing.length > 0) {
    const found = await visit.core.writings.among(visit.viewer, missing);
    for (const named of inWords(visit, found)) known.set(named.address, named);
  }
  const shown = addresses.flatMap((address) => {
    const one = known.get(address);
    const isGone = visit.audience === 'child' || address.endsWith(NOWHERE);
    return one === undefined && isGone ? [] : [one ?? stranger(address)];
  });
  return { shown, gone: addresses.length - shown.length };
}

function stranger(address: string): Recipient {
  return {
    kind: 'outside',
    name: '',
    address,
    face: address.slice(0, 2),
    cover: 8,
    count: 1,
    listKind: null,
  };
}
