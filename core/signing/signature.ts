import { createHash, sign, type KeyObject } from 'node:crypto';
import { finished } from 'node:stream/promises';
import { DkimSigner } from 'mailauth/lib/dkim/dkim-signer.js';
import { generateCanonicalizedHeader } from 'mailauth/lib/dkim/header/index.js';
import { formatSignatureHeaderLine, getSigningHeaderLines } from 'mailauth/lib/tools.js';
import type { SigningAlgorithm } from '../store/town/signing-keys.ts';

/** A key that signs, opened. */
export interface OpenKey {
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: SigningAlgorithm;
  readonly privateKey: KeyObject;
}

/**
 * What a signature covers, where it is there: all that a reader sees and what an answer goes by.
 * Of fields that stand there more than once, each.
 */
const SIGNED_FIELDS = [
  'From',
  'Reply-To',
  'To',
  'Cc',
  'Subject',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'Auto-Submitted',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
].join(':');
const CANONICALIZATION = 'relaxed/relaxed';
/** How mailauth names a body that is hashed whole. */
const WHOLE_BODY = 'relaxed:sha256:';

/**
 * The fields `DKIM-Signature` to put on top of a message, one a key and each with its line end (RFC
 * 6376 §3.5, RFC 8463). Throws for a message without `From`, which must be signed (§5.4).
 */
export async function signatureOf(
  raw: Buffer,
  keys: readonly OpenKey[],
  at: Date,
): Promise<string> {
  const signer = new KeptKeySigner(keys, at);
  signer.end(raw);
  await finished(signer);
  return signer.signature;
}

/**
 * mailauth's signer with keys that are kept: its own reads each anew for each message, and an RSA
 * key that was just read takes twice as long to sign.
 */
class KeptKeySigner extends DkimSigner {
  readonly #keys: readonly OpenKey[];
  readonly #timestamp: number;
  #signature = '';

  constructor(keys: readonly OpenKey[], at: Date) {
    const signatureData = keys.map(({ privateKey }) => ({ privateKey }));
    super({ signatureData, canonicalization: CANONICALIZATION });
    this.#keys = keys;
    this.#timestamp = Math.floor(at.getTime() / 1_000);
  }

  get signature(): string {
    return this.#signature;
  }

  override finalize(): Promise<void> {
    const fields = getSigningHeaderLines(this.headers?.parsed ?? [], SIGNED_FIELDS);
    if (!fields.headers.some(({ key }) => key === 'from'))
      throw new Error('a message without From can’t be signed');
    const bodyHash = this.bodyHashes.get(WHOLE_BODY)?.hash;
    if (bodyHash === undefined) throw new Error('the body of a message was not hashed');
    for (const { domain, selector, algorithm, privateKey } of this.#keys) {
      const { canonicalizedHeader, dkimHeaderOpts } = generateCanonicalizedHeader('DKIM', fields, {
        signingDomain: domain,
        selector,
        algorithm: `${algorithm}-sha256`,
        canonicalization: CANONICALIZATION,
        bodyHash,
        timestamp: this.#timestamp,
        expiration: false,
      });
      const b = SIGN[algorithm](canonicalizedHeader, privateKey).toString('base64');
      const tags = { ...dkimHeaderOpts, b };
      this.#signature += `${formatSignatureHeaderLine('DKIM', tags, true)}\r\n`;
    }
    return Promise.resolve();
  }
}

/** Ed25519 signs the hash, as if that were the message (RFC 8463 §3). */
const SIGN = {
  rsa: (text: Buffer, key: KeyObject) => sign('rsa-sha256', text, key),
  ed25519: (text: Buffer, key: KeyObject) =>
    sign(null, createHash('sha256').update(text).digest(), key),
} as const satisfies Record<SigningAlgorithm, (text: Buffer, key: KeyObject) => Buffer>;
