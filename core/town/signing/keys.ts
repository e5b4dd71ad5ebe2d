import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { DAY_MS } from '../../ground/spans.ts';
import type { SigningAlgorithm, SigningKeyRow } from '../../store/town/signing-keys.ts';
import type { SigningKey } from './contract.ts';

/** Twice a year, a key is followed by another. */
const ROTATE_AFTER_MS = 182 * DAY_MS;
/**
 * How long the record of a key that was followed stays: longer than a letter is tried, which is
 * signed anew at each attempt and may lie for days at its receiver's.
 */
export const LEAVING_MS = 14 * DAY_MS;
/** RFC 8301 §3.2: what everybody checks, and what fits a zone's record. */
const RSA_BITS = 2048;

/**
 * Both kinds: RSA, which every receiver checks, and Ed25519 (RFC 8463) for those that know it.
 */
const ALGORITHMS: readonly SigningAlgorithm[] = ['rsa', 'ed25519'];

interface KeyPair {
  /** PKCS #8 in PEM. */
  readonly privateKey: string;
  /** As a record says it after `p=`. */
  readonly publicKey: string;
}

const generated = promisify(generateKeyPair);

/** A new pair, made beside the event loop. */
export async function makeKeyPair(algorithm: SigningAlgorithm): Promise<KeyPair> {
  const { publicKey, privateKey } =
    algorithm === 'rsa'
      ? await generated('rsa', { modulusLength: RSA_BITS })
      : await generated('ed25519');
  // RFC 6376 §3.6.1 wants RSA's key with what it is for; RFC 8463 §3.1 the bare 32 octets.
  const shown = publicKey.export({ type: 'spki', format: 'der' });
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: (algorithm === 'rsa' ? shown : shown.subarray(-32)).toString('base64'),
  };
}

/** Its name in the zone: the kind, and the day on which the key was made. */
export function selectorOf(algorithm: SigningAlgorithm, madeAt: Date): string {
  const day = madeAt.toISOString().slice(0, 10).replaceAll('-', '');
  return `preau-${day}-${algorithm === 'rsa' ? 'rsa' : 'ed'}`;
}

/** A key as others see it. `t=s`: it speaks for the domain itself, and for none below it. */
export function shownKey(row: SigningKeyRow): SigningKey {
  const { domain, selector, algorithm, publicKey } = row;
  return {
    domain,
    selector,
    algorithm,
    state: stateOf(row),
    name: `${selector}._domainkey.${domain}`,
    text: `v=DKIM1; k=${algorithm}; t=s; p=${publicKey}`,
  };
}

function stateOf({ usedFrom, followedAt }: SigningKeyRow): SigningKey['state'] {
  if (followedAt !== null) return 'leaving';
  return usedFrom === null ? 'waiting' : 'signing';
}

/** Which keys are to be made: where a domain has none of a kind, or its newest is too old. */
export function missingKeys(
  rows: readonly SigningKeyRow[],
  domains: readonly string[],
  now: Date,
): readonly { readonly domain: string; readonly algorithm: SigningAlgorithm }[] {
  return domains
    .flatMap((domain) => ALGORITHMS.map((algorithm) => ({ domain, algorithm })))
    .filter(({ domain, algorithm }) => {
      const newest = rows.findLast((row) => row.domain === domain && row.algorithm === algorithm);
      if (newest === undefined) return true;
      const { usedFrom } = newest;
      return usedFrom !== null && now.getTime() - usedFrom.getTime() >= ROTATE_AFTER_MS;
    });
}

/**
 * Whether the DNS shows this key: one record at its name, with this very key in it (RFC 6376
 * §3.6.2.2 leaves open what more than one would mean).
 */
export function isShown(key: Pick<SigningKey, 'text'>, texts: readonly string[]): boolean {
  const [text, ...others] = texts;
  return text !== undefined && others.length === 0 && publicKeyIn(text) === publicKeyIn(key.text);
}

/** What stands after `p=`, without the blanks that a zone's form may have put in it. */
const publicKeyIn = (text: string): string | undefined =>
  /(?:^|;)\s*p=([A-Za-z0-9+/=\s]*)/.exec(text)?.[1]?.replaceAll(/\s+/g, '');
