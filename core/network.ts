import { isIPv4, isIPv6 } from 'node:net';

/** Whoever has one address of such a network has them all: what a provider gives to one customer. */
const IPV4_BITS = 24;
const IPV6_BITS = 56;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * The network that an IP address belongs to when peers are counted: its /24, or its /56 (RFC 6177 §2), as a key.
 * IPv4 written as IPv6 (RFC 4291 §2.5.5.2) is IPv4. What is no address is a peer of its own.
 */
export function networkOf(ip: string): string {
  const plain = ip.replace(/%.*$/, ''); // a zone says through which door of ours (RFC 4007 §11)
  const address = MAPPED.exec(plain)?.[1] ?? plain;
  if (isIPv4(address)) return `${address.split('.').slice(0, IPV4_BITS / 8).join('.')}.0/${IPV4_BITS}`;
  if (!isIPv6(address)) return ip;
  const digits = groupsOf(address).map((group) => group.padStart(4, '0')).join('').toLowerCase();
  return `${digits.slice(0, IPV6_BITS / 4)}/${IPV6_BITS}`;
}

/** The eight groups of an IPv6 address, what `::` leaves out among them (RFC 4291 §2.2). */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.replace(/:[\d.]+$/, (dotted) => (dotted.includes('.') ? ':0:0' : dotted)).split('::');
  const left = head.split(':').filter((group) => group !== '');
  const right = (tail ?? '').split(':').filter((group) => group !== '');
  return [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
}
