import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { keyOf } from '../../ground/secret.ts';

/** Adults who share one computer of theirs. */
const MOST = 4;
const NONCE_BYTES = 16;
const ONE = /^([\w-]{22})\.([\w-]{43})$/;

/**
 * What a browser keeps of accounts that are at home on it (OWASP, « device cookies »):
 * `<nonce>.<signature>` for each, newest first, with `~` between. It names nobody, opens nothing,
 * and only says to who types the address anyway that it was here before.
 */
export function withDevice(secret: Buffer, cookie: string, address: string): string {
  if (deviceOf(secret, cookie, address) !== null) return cookie;
  const nonce = randomBytes(NONCE_BYTES).toString('base64url');
  const own = `${nonce}.${signature(secret, nonce, address).toString('base64url')}`;
  return [own, ...cookie.split('~').filter((one) => ONE.test(one))].slice(0, MOST).join('~');
}

/** Which device a cookie says this is to an account; null where it isn't one of that account's. */
export function deviceOf(secret: Buffer, cookie: string, address: string): string | null {
  for (const one of cookie.split('~').slice(0, MOST)) {
    const [, nonce, signed] = ONE.exec(one) ?? [];
    if (nonce === undefined || signed === undefined) continue;
    const said = Buffer.from(signed, 'base64url');
    const right = signature(secret, nonce, address);
    if (said.length === right.length && timingSafeEqual(said, right)) return nonce;
  }
  return null;
}

function signature(secret: Buffer, nonce: string, address: string): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`device\0${nonce}\0${address}`).digest();
}
