import { isInvalid } from 'mx-connect/lib/tools.js';
import type { DNSResolver } from '../sender-authentication.ts';

/**
 * What mx-connect knows as no address of the world: unspecified, loopback, private, link-local and
 * shared networks, this machine's own addresses, what is reserved, in whatever IPv6 clothes
 * (mapped, NAT64, 6to4, Teredo). Whoever has a domain names addresses, and would else have us knock
 * at doors inside.
 */
export const PUBLIC_ALONE = { blockLocalAddresses: true, blockReservedNetworks: true } as const;

/** A resolver whose addresses are of the world alone; other records are as they are. */
export function publicOnly(resolver: DNSResolver): DNSResolver {
  return async (name, type) => {
    const records = await resolver(name, type);
    if (type !== 'A' && type !== 'AAAA') return records;
    const dnsOptions = PUBLIC_ALONE;
    return records.flat().filter((address) => isInvalid({ dnsOptions }, address) === false);
  };
}
