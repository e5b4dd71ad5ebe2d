import { Resolver } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { spf as askSpf, type DNSResolver } from 'mailauth';
import { domainOf } from '../core/ground/address.ts';
import type { SenderProof } from '../core/mail/delivery/contract.ts';
import type { ProvedBy } from '../core/store/mail/contract.ts';
import { isVouchedFor } from './arc.ts';
import { authenticateInTime, TooLate } from './authentication-pool.ts';
import type { Results } from './authentication.ts';
import { serverSigns, type KnownServer } from './server-signs.ts';

export type { DNSResolver };

/** Who connected, as far as SPF asks (RFC 7208 §2.4). */
export interface SmtpPeer {
  readonly ip: string;
  readonly helo: string;
  /** The envelope sender, empty for the null reverse-path. */
  readonly sender: string;
}

/** In whose name DNS is asked, and for how long. */
export interface DnsRequester {
  readonly host: string;
  readonly resolver: DNSResolver;
  readonly deadlineMs: number;
  /** Domains, lower case, whose ARC seals the town believes (RFC 8617 §7.2). */
  readonly arcSealers: readonly string[];
}

/**
 * Every check by its RFC to the letter: what mailauth takes besides is what a forger needs. It says
 * no to honest mail in two cases that the RFCs rule out as well: rsa-sha1 (RFC 8301 §3.1), and more
 * than two lookups without an answer in SPF (RFC 7208 §4.6.4).
 */
export const CHECKS = { strict: true, disableBimi: true } as const;

const NOTHING: SenderProof = { authentication: 'none', headers: '', server: [] };

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
 * Loopback and private addresses are the town's own network: nothing in DNS speaks for them, so
 * they are not asked about, as mail servers do for their own networks (Postfix's `mynetworks`). It
 * opens no door: `none` is what a stranger without DNS gets too.
 */
export function isLocalPeer(ip: string): boolean {
  return LOCAL.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
}

const QUERY_TIMEOUT_MS = 1_500;

/**
 * The system's resolver with short patience; asks `servers` ("address:port") instead of the
 * machine's own where they are given.
 */
export function systemResolver(servers: readonly string[]): DNSResolver {
  const resolver = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  // mailauth asks for TXT, A, AAAA, MX and PTR only; that MX are objects, its types leave out.
  return (name, type) => resolver.resolve(name, type) as Promise<string[][] | string[]>;
}

/**
 * What SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 9989) and ARC (RFC 8617) say of a whole message.
 * A question that DNS doesn't answer is no word against anybody. Rejects with `TooLate` where all
 * of them took longer than `deadlineMs`: a forger with a slow name server of their own must not be
 * heard like somebody of whom nothing is known.
 */
export async function authenticateSender(
  raw: Buffer,
  peer: SmtpPeer,
  options: DnsRequester,
): Promise<SenderProof> {
  try {
    const [results, server] = await Promise.all([
      authenticateInTime(raw, { ...peer, mta: options.host, ...CHECKS }, options),
      inTime(serverSigns(peer, options), options.deadlineMs),
    ]);
    const headers = results.headers === '' ? '' : `${results.headers.trimEnd()}\r\n`;
    const names = { helo: peer.helo, hostname: server.hostname };
    return {
      ...verdictOf(results, options.arcSealers),
      authorDomain: authorDomainOf(results),
      headers,
      server: server.signs,
      names,
    };
  } catch (error) {
    if (error instanceof TooLate) throw error;
    return NOTHING;
  }
}

/** What isn't known in time is no word against anybody. */
async function inTime(known: Promise<KnownServer>, deadlineMs: number): Promise<KnownServer> {
  const late = new AbortController();
  const nothing: KnownServer = { signs: [], hostname: null };
  const none = pause(deadlineMs, nothing, { signal: late.signal, ref: false }).catch(() => nothing);
  const first = await Promise.race([known, none]);
  late.abort();
  return first;
}

/**
 * Whether the domain of the reverse-path says that this peer does not speak for it: SPF `fail` or
 * `softfail` (RFC 7208 §2.6). Never throws: no policy, or no answer within `deadlineMs`, is no word
 * against anybody.
 */
export async function isDisowned(
  peer: SmtpPeer,
  { host, resolver, deadlineMs }: DnsRequester,
): Promise<boolean> {
  try {
    const { status } = await askSpf({
      ...peer,
      mta: host,
      resolver,
      maxElapsedTime: deadlineMs,
      strict: CHECKS.strict,
    });
    return status.result === 'fail' || status.result === 'softfail';
  } catch {
    return false;
  }
}

type Verdict =
  | { readonly authentication: 'pass'; readonly by: ProvedBy; readonly domain: string }
  | { readonly authentication: 'none' | 'quarantine' | 'fail' };

/**
 * `fail` and `quarantine` only where the domain's own DMARC policy asks for it, in its test mode
 * one step less (RFC 9989 §4.7, `t`), and no sealer whom the town believes saw it pass. Any DNS
 * trouble has said nothing. A domain that publishes no DMARC is asked by what it publishes
 * otherwise.
 */
function verdictOf({ dmarc, dkim, spf, arc }: Results, arcSealers: readonly string[]): Verdict {
  if (!dmarc) return { authentication: 'none' };
  const { result } = dmarc.status;
  const domain = authorDomainOf({ dmarc }) ?? '';
  if (result === 'fail' && !isVouchedFor(arc, domain, arcSealers)) {
    if (dmarc.policy === 'reject') return { authentication: 'fail' };
    if (dmarc.policy === 'quarantine') return { authentication: 'quarantine' };
  }
  const without = result === 'none' ? proofWithoutDmarc(domain, { dkim, spf }) : null;
  const by = result === 'pass' ? dmarcProof(dmarc) : without;
  if (by === null || domain === '') return { authentication: 'none' };
  return { authentication: 'pass', by, domain };
}

/** The domain of From as the checks read it; null where they read none, or several. */
const authorDomainOf = ({ dmarc }: Pick<Results, 'dmarc'>): string | null =>
  domainOf(`@${(dmarc && dmarc.status.header?.from) || ''}`) || null;

/**
 * A signature over a part of the body alone (RFC 6376 §8.2) vouches for nobody's words: whoever
 * passed it on may have added some.
 */
function dmarcProof({ alignment }: Exclude<Results['dmarc'], false>): ProvedBy | null {
  return alignment?.spf?.result || !alignment?.dkim?.underSized ? 'dmarc' : null;
}

/** Without DMARC nothing says which other domains may speak for this one: it speaks for itself. */
function proofWithoutDmarc(
  domain: string,
  { dkim, spf }: Pick<Results, 'dkim' | 'spf'>,
): ProvedBy | null {
  const isOwn = (one = ''): boolean => domainOf(`@${one}`) === domain;
  const whole = dkim.results.filter(({ status }) => status.result === 'pass' && !status.underSized);
  if (whole.some(({ signingDomain }) => isOwn(signingDomain))) return 'dkim';
  return spf && spf.status.result === 'pass' && isOwn(spf.domain) ? 'spf' : null;
}
