import { isIPv6 } from 'node:net';
import type { DNSResolver } from 'mailauth';
import { errorCode } from '../core/ground/fault.ts';
import type { ServerSign } from '../core/letters/junk/contract.ts';

/** Names of a server that are looked at. */
const MOST_NAMES = 5;
/** That there is no such name, or nothing of the kind at it: DNS has answered. */
const NO_SUCH = new Set(['ENOTFOUND', 'ENODATA']);

/** What is known of a stranger's server. */
export interface KnownServer {
  readonly signs: readonly ServerSign[];
  /** Its name in the DNS, where that leads to it and back; null: none, or none is known. */
  readonly hostname: string | null;
}

/**
 * What a stranger's server doesn't do that honest ones do: greet by a name of its own (RFC 5321
 * §4.1.1.1), and have one in the DNS that leads to it and back (RFC 1912 §2.1). None of it refuses
 * a letter. Where DNS has trouble, nothing is said.
 */
export async function serverSigns(
  { ip, helo }: { readonly ip: string; readonly helo: string },
  { host, resolver }: { readonly host: string; readonly resolver: DNSResolver },
): Promise<KnownServer> {
  const isNamed = /^[^[\]\s]+\.[a-z][a-z0-9-]+\.?$/i.test(helo) && helo.toLowerCase() !== host;
  const name = await nameOf(ip, resolver).catch(() => undefined);
  const signs = [
    ...(isNamed ? [] : ['without-name' as const]),
    ...(name === null ? ['unknown' as const] : []),
  ];
  return { signs, hostname: name ?? null };
}

/** A name of this address that has this address. */
async function nameOf(ip: string, resolver: DNSResolver): Promise<string | null> {
  const names = (await asked(resolver, reverseName(ip), 'PTR')).slice(0, MOST_NAMES);
  for (const name of names) {
    const addresses = await asked(resolver, name, isIPv6(ip) ? 'AAAA' : 'A');
    if (addresses.some((one) => reverseName(one) === reverseName(ip))) return name;
  }
  return null;
}

async function asked(resolver: DNSResolver, name: string, type: string): Promise<string[]> {
  try {
    return (await resolver(name, type)).flat();
  } catch (error) {
    if (NO_SUCH.has(errorCode(error))) return [];
    throw error;
  }
}

/** RFC 1035 §3.5, RFC 3596 §2.5. */
export function reverseName(ip: string): string {
  if (!isIPv6(ip)) return `${ip.split('.').toReversed().join('.')}.in-addr.arpa`;
  const [address = ''] = ip.split('%', 1);
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const between = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const digits = [...before, ...between, ...after].map((group) => group.padStart(4, '0')).join('');
  return `${[...digits.toLowerCase()].toReversed().join('.')}.ip6.arpa`;
}
