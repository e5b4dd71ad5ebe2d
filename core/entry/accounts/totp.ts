import { Secret, TOTP } from 'otpauth';
import { Fault } from '../../ground/fault.ts';
import type { AccountId } from '../../ground/ids.ts';
import { seal, unseal, type SealLabel } from '../../ground/sealing.ts';

/**
 * What every authenticator app knows (RFC 6238 §1.2, RFC 4226 §5.3); others are read wrong by some
 * of them.
 */
const SHAPE = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps by which a phone's clock may be off, either way (RFC 6238 §5.2). */
const WINDOW = 1;
/** RFC 4226 §4, R6 recommends 160 bits. */
const KEY_BYTES = 20;
const KEY = /^[A-Z2-7]{32}$/;
const CODE = /^\d{6}$/;
const ISSUER = 'Préau';

/** A new key in base32 (RFC 4648 §6), from the system's secure chance. */
export function newKey(): string {
  return new Secret({ size: KEY_BYTES }).base32;
}

/** A key as a form brought it back, or null. */
export function readKey(typed: string): string | null {
  return KEY.test(typed) ? typed : null;
}

/** `otpauth://totp/Préau:address?…`: what an authenticator app reads from a QR code. */
export function uriOf(key: string, address: string): string {
  return new TOTP({
    ...SHAPE,
    issuer: ISSUER,
    label: address,
    secret: Secret.fromBase32(key),
  }).toString();
}

/**
 * Of which step of 30 seconds since 1970 this code is, at most one away from now; null where it is
 * of none. Spaces don't count.
 */
export function stepOf(key: string, typed: string, now: Date): number | null {
  const token = typed.length > 40 ? '' : typed.replace(/\s/g, '');
  if (!CODE.test(token)) return null;
  const timestamp = now.getTime();
  const delta = TOTP.validate({
    ...SHAPE,
    secret: Secret.fromBase32(key),
    token,
    timestamp,
    window: WINDOW,
  });
  return delta === null ? null : TOTP.counter({ period: SHAPE.period, timestamp }) + delta;
}

/**
 * The key as it is kept: sealed with the service's secret and bound to its account, whose id it
 * keeps in every school.
 */
export function sealKey(secret: Buffer, account: AccountId, key: string): Buffer {
  return seal(secret, sealedOf(account), Buffer.from(key, 'ascii'));
}

/** Throws a `Fault` where the service's secret is another one by now, or the bytes were changed. */
export function openKey(secret: Buffer, account: AccountId, bytes: Buffer): string {
  try {
    return unseal(secret, sealedOf(account), bytes).toString('ascii');
  } catch (cause) {
    throw new Fault('configuration', 'a second factor was sealed with another PREAU_SECRET_FILE', {
      transient: false,
      cause,
    });
  }
}

const sealedOf = (account: AccountId): SealLabel => ({
  purpose: 'second factor',
  name: String(account),
});
