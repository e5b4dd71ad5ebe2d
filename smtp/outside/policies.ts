import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { DNSResolver, MTASTSPolicy } from 'mailauth';
import { getPolicy, validateMx } from 'mailauth/lib/mta-sts.js';
import { z } from 'zod';

/** What a domain asks of whoever brings it mail (RFC 8461). */
export interface Policy {
  /** TLS with a good certificate, or no delivery. */
  readonly isEnforced: boolean;
  /** Whether mail may be brought to this host. */
  allows(host: string): boolean;
}

export interface Policies {
  /** Never rejects: what can't be found out is no policy, where none is remembered. */
  of(domain: string): Promise<Policy>;
}

/** For how long the DNS isn't asked again whether a policy has changed. */
const REMEMBERED_MS = 5 * 60_000;
/** A policy that can't be fetched in this time is not waited for. */
const FETCH_MS = 10_000;
/** RFC 8461 §3.2: a policy is some lines. */
const MAX_POLICY_BYTES = 65_536;
/** Domains whose answer is remembered in memory; all policies lie in files. */
const REMEMBERED = 1_000;

/** A policy as its file says it. */
const KEPT = z.object({
  id: z.string(),
  version: z.string().exactOptional(),
  mode: z.enum(['enforce', 'testing', 'none']),
  maxAge: z.number().exactOptional(),
  mx: z.array(z.string()).exactOptional(),
  expires: z.string().exactOptional(),
});

const NO_POLICY: Policy = { isEnforced: false, allows: () => true };

/**
 * Policies of domains, each kept in a file of `folder` for as long as its domain said: whoever
 * holds the DNS back for an hour, or us from the domain's web server, takes no protection away
 * (§10.2).
 */
export function openPolicies(folder: string, resolver: DNSResolver): Policies {
  const asked = new LRUCache<string, Promise<Policy>>({
    max: REMEMBERED,
    ttl: REMEMBERED_MS,
    memoMethod: (domain) => ask(domain).catch(() => NO_POLICY),
  });

  async function ask(domain: string): Promise<Policy> {
    const known = readKept(folder, domain);
    const { policy, status } = await getPolicy(domain, known, {
      strict: true,
      resolver,
      timeout: FETCH_MS,
      maxPolicySize: MAX_POLICY_BYTES,
    });
    if (status === 'found') writeKept(folder, domain, policy);
    return {
      isEnforced: policy.mode === 'enforce',
      allows: (host) => policy.mode !== 'enforce' || validateMx(host, policy).valid,
    };
  }

  return { of: (domain) => asked.memo(domain) };
}

/** A domain in Punycode is letters, digits, hyphens and dots: a file's name as it is. */
function fileOf(folder: string, domain: string): string | null {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain) ? join(folder, `${domain}.json`) : null;
}

function readKept(folder: string, domain: string): MTASTSPolicy | null {
  const file = fileOf(folder, domain);
  if (file === null) return null;
  try {
    return KEPT.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null; // none, or one that was cut short: as if it had never been seen
  }
}

function writeKept(folder: string, domain: string, policy: MTASTSPolicy): void {
  const file = fileOf(folder, domain);
  if (file === null) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, JSON.stringify(policy), { mode: 0o600 });
  renameSync(aside, file);
}
