/**
 * Addresses, one spelling each. Nothing is ever repaired into another mailbox: what isn't already
 * an address in its one spelling, but for the case of its letters, is no address (decision 28,
 * "Recipient spelling" and "Open relay").
 */
import { domainToASCII } from 'node:url';

interface CanonicalAddress {
  readonly local: string;
  /** Lower case, Punycode. */
  readonly domain: string;
}

/** RFC 5321 §4.5.3.1.3: 256 with the angle brackets of a path. */
const ADDRESS_BYTES = 254;
/** RFC 5321 §4.5.3.1.1. */
const LOCAL_BYTES = 64;
/** RFC 5321 §4.5.3.1.2, less what RFC 1035 §2.3.4 counts for the root. */
const DOMAIN_BYTES = 253;

/**
 * The letters of our own addresses. A full stop neither first, nor last, nor twice in a row (RFC
 * 5321 §4.1.2, Dot-string).
 */
const OWN_LOCAL = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;
/**
 * RFC 5321 §4.1.2 atext and RFC 6531 §3.3, less `%` and `!`, which are routes (RFC 5321 §4.4,
 * appendix F.2).
 */
const OUTSIDE_LOCAL =
  /^[a-z0-9#$&'*+/=?^_`{|}~\-\p{L}\p{N}\p{M}]+(?:\.[a-z0-9#$&'*+/=?^_`{|}~\-\p{L}\p{N}\p{M}]+)*$/iu;
/**
 * RFC 5321 §4.1.2 Domain, letters-digits-hyphen; no address literal. The last label holds a letter.
 */
const DOMAIN =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const ASCII = /^[\x21-\x7E]*$/;

/**
 * An address of ours in its one spelling, or null: `[a-z0-9._-]+@domain` after lower-casing ASCII,
 * and nothing else. No `+tag`, quotes, comment, route, `%`, `!`, trailing dot, literal, wide or
 * look-alike letter, control or invisible character. Whether the domain is one of ours is for the
 * caller to know.
 */
export function canonicalLocal(text: string): CanonicalAddress | null {
  if (!ASCII.test(text)) return null; // before lower-casing: U+212A is no k, U+0130 no i
  const parts = partsOf(text.toLowerCase());
  return parts && OWN_LOCAL.test(parts.local) && DOMAIN.test(parts.domain) ? parts : null;
}

/**
 * An address anywhere, or null: an RFC 5321 Mailbox whose local part is a Dot-string, SMTPUTF8
 * letters (RFC 6531) and IDN domains allowed if they stand in their compatibility form already. The
 * local part keeps its case (RFC 5321 §2.4), the domain comes in lower case and Punycode.
 */
export function canonicalOutside(text: string): CanonicalAddress | null {
  if (text !== text.normalize('NFKC')) return null;
  const parts = partsOf(text);
  if (!parts || !OUTSIDE_LOCAL.test(parts.local)) return null;
  const domain = asciiDomain(parts.domain);
  return domain === null || Buffer.byteLength(`${parts.local}@${domain}`) > ADDRESS_BYTES
    ? null
    : { local: parts.local, domain };
}

/**
 * Either of the two as one string: ours in lower case where it could be ours, else as
 * `canonicalOutside` spells it. Null for no address.
 */
export function canonicalAddress(text: string): string | null {
  const address = canonicalLocal(text) ?? canonicalOutside(text);
  return address === null ? null : `${address.local}@${address.domain}`;
}

/**
 * The domain of an address in one spelling, for comparing: lower case, Punycode, without the root's
 * dot. Empty for none.
 */
export function domainOf(address: string): string {
  const domain = address.slice(address.lastIndexOf('@') + 1).replace(/(?<!\.)\.+$/, '');
  return address.includes('@') ? domainToASCII(domain) || domain.toLowerCase() : '';
}

/** Whether a domain is this one or lies under it. Both in the spelling of `domainOf`. */
export function isWithin(domain: string, above: string): boolean {
  return domain === above || domain.endsWith(`.${above}`);
}

function partsOf(text: string): CanonicalAddress | null {
  const at = text.indexOf('@');
  if (at < 1 || at !== text.lastIndexOf('@') || Buffer.byteLength(text) > ADDRESS_BYTES)
    return null;
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  return Buffer.byteLength(local) > LOCAL_BYTES || domain.length > DOMAIN_BYTES
    ? null
    : { local, domain };
}

/**
 * domainToASCII bears more than a domain (spaces of all kinds, ports, IPv4 in hex), so letters are
 * looked at before and after.
 */
function asciiDomain(domain: string): string | null {
  if (!/^[\p{L}\p{N}\p{M}.-]+$/u.test(domain)) return null;
  const ascii = domainToASCII(domain);
  return ascii !== '' && ascii.length <= DOMAIN_BYTES && DOMAIN.test(ascii) ? ascii : null;
}
