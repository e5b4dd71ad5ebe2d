import { Resolver } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';
import type { DNSResolver } from 'mailauth';
import type { Proof } from '../core/core.ts';
import { authenticateInTime, TooLate } from './authentication-pool.ts';

export type { DNSResolver };

/** Who connected, as far as SPF asks (RFC 7208 §2.4). */
export interface Peer {
  readonly ip: string;
  readonly helo: string;
  /** The envelope sender, empty for the null reverse-path. */
  readonly sender: string;
}

/**
 * Every check by its RFC to the letter: what mailauth takes besides is what a forger needs. It says no to honest mail in two cases that
 * the RFCs rule out as well: rsa-sha1 (RFC 8301 §3.1), and more than two lookups without an answer in SPF (RFC 7208 §4.6.4).
 */
export const CHECKS = { strict: true, disableBimi: true } as const;

const NOTHING: Proof = { authentication: 'none', headers: '' };

const LOCAL = new BlockList();
LOCAL.addSubnet('127.0.0.0', 8);
LOCAL.addSubnet('10.0.0.0', 8);
LOCAL.addSubnet('172.16.0.0', 12);
LOCAL.addSubnet('192.168.0.0', 16);
LOCAL.addSubnet('169.254.0.0', 16);
LOCAL.addAddress('::1', 'ipv6');
LOCAL.addSubnet('fc00::', 7, 'ipv6');
LOCAL.addSubnet('fe80::', 10, 'ipv6');

/**
 * Loopback and private addresses are the town's own network: nothing in DNS speaks for them, so they are not asked about,
 * as mail servers do for their own networks (Postfix's `mynetworks`). It opens no door: `none` is what a stranger without DNS gets too.
 */
export function isLocalPeer(ip: string): boolean {
  return LOCAL.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
}

const QUERY_TIMEOUT_MS = 1_500;

/** The system's resolver with short patience; asks `servers` ("address:port") instead of the machine's own where they are given. */
export function systemResolver(servers: readonly string[] = []): DNSResolver {
  const resolver = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  // mailauth asks for TXT, A, AAAA, MX and PTR only, each an array of strings or of string arrays.
  return (name, type) => resolver.resolve(name, type) as Promise<string[][] | string[]>;
}

/**
 * What SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 9989) and ARC (RFC 8617) say of a whole message. A question that DNS doesn't
 * answer is no word against anybody. Rejects with `TooLate` where all of them took longer than `deadlineMs`: a forger with a
 * slow name server of their own must not be heard like somebody of whom nothing is known.
 */
export async function authenticateSender(raw: Buffer, peer: Peer, options: { readonly host: string; readonly resolver: DNSResolver; readonly deadlineMs: number }): Promise<Proof> {
  try {
    const { dmarc, headers } = await authenticateInTime(raw, { ...peer, mta: options.host, ...CHECKS }, options);
    return { authentication: dmarc ? verdictOf(dmarc.status.result, dmarc.policy) : 'none', headers: headers === '' ? '' : `${headers.trimEnd()}\r\n` };
  } catch (error) {
    if (error instanceof TooLate) throw error;
    return NOTHING;
  }
}

/** `fail` only where the domain's own DMARC policy asks to reject: anything milder, and any DNS trouble, has said nothing. */
function verdictOf(result: string, policy: string): Proof['authentication'] {
  if (result === 'pass') return 'pass';
  return result === 'fail' && policy === 'reject' ? 'fail' : 'none';
}
