/** The world of a test: its own DNS, and one mail server on the loopback that all MX lead to. */

import { openNames } from '../../core/ground/names.ts';
import type { RelayResult } from '../../core/town/jobs/contract.ts';
import { openByMx, type World } from '../outside/by-mx.ts';
import type { RelayEnvelope } from '../outside/relay-result.ts';

/**
 * `dns` is the resolver as PREAU_RESOLVER would say it, `port` the server's, `authorities` the PEM
 * of who signs for it. Nothing proves itself by the DNS there, and no domain has a policy.
 */
export function loopbackWorld(
  dns: string,
  { port, authorities }: Pick<World, 'port' | 'authorities'>,
): World {
  return {
    names: openNames([dns]),
    secureNames: null,
    policies: { of: () => Promise.resolve({ isEnforced: false, allows: () => true }) },
    port,
    toPrivate: true,
    authorities,
    name: 'courrier.ecoles.test',
    ours: new Set(),
    random: () => 0,
  };
}

/** What comes of one letter, by a relay that knows of none before and is closed behind it. */
export async function deliverAlone(
  world: World,
  envelope: RelayEnvelope,
  raw: Buffer,
): Promise<RelayResult> {
  const relay = openByMx(world);
  try {
    return await relay.deliver(envelope, raw, new AbortController().signal);
  } finally {
    await relay.close();
  }
}
