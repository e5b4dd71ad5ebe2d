import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { Certificate } from './self-signed.ts';

/** Why a certificate and a key can't be shown to a client. */
export type PairFault = 'no-certificate' | 'no-key' | 'no-pair' | 'not-yet-valid' | 'ended';

const FIRST = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/;

/**
 * What is wrong with a pair at a moment, or null. Of a chain the first certificate is the server's
 * own (RFC 8446 §4.4.2): the key must be its key.
 */
export function faultOf({ cert, key }: Certificate, at: Date): PairFault | null {
  const own = certificateIn(cert);
  if (own === null) return 'no-certificate';
  const privateKey = keyIn(key);
  if (privateKey === null) return 'no-key';
  if (!own.checkPrivateKey(privateKey)) return 'no-pair';
  if (own.validFromDate > at) return 'not-yet-valid';
  return own.validToDate <= at ? 'ended' : null;
}

/** When the server's own certificate ends; null where the text is none. */
export function endOf({ cert }: Certificate): Date | null {
  return certificateIn(cert)?.validToDate ?? null;
}

function certificateIn(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(FIRST.exec(pem)?.[0] ?? '');
  } catch {
    return null;
  }
}

function keyIn(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    return null; // no key, or one behind a password
  }
}
