import type { Face, Reachable } from '../core/core.ts';
import { inWords } from './called.ts';
import type { Visit } from './visit.ts';

/**
 * Recipients outside the picker's lists that are looked up by name; past it they are shown by their
 * address.
 */
const MAX_LOOKED_UP = 20;

export interface Recipient extends Face {
  /** How many people it is: 1, or those of a list. */
  readonly count: number;
}

/**
 * How the chosen addresses are shown. A child sees only people of their picker: whoever is no
 * longer there is left out and counted.
 */
export async function recipientsOf(
  visit: Visit<'writings'>,
  reach: readonly Reachable[],
  addresses: readonly string[],
): Promise<{ readonly shown: readonly Recipient[]; readonly gone: number }> {
  const known = new Map(reach.map((one) => [one.address, one]));
  const missing = addresses.filter((address) => !known.has(address));
  if (visit.audience === 'child')
    return {
      shown: addresses.flatMap((address) => known.get(address) ?? []),
      gone: missing.length,
    };
  for (const address of missing.slice(0, MAX_LOOKED_UP)) {
    const found = (await visit.core.writings.find(visit.viewer, address)).find(
      (one) => one.address === address,
    );
    if (found !== undefined) for (const named of inWords(visit, [found])) known.set(address, named);
  }
  return { shown: addresses.map((address) => known.get(address) ?? stranger(address)), gone: 0 };
}

function stranger(address: string): Recipient {
  return { kind: 'outside', name: '', address, face: address.slice(0, 2), cover: 8, count: 1 };
}
