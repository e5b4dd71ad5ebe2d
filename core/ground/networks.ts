import { BlockList, isIP } from 'node:net';

/** Networks written as CIDR (RFC 4632 §3.1, RFC 4291 §2.3), asked by address. */
export interface Networks {
  /**
   * Whether an address lies in one of them; an IPv4 address in IPv6's clothes is the IPv4 address.
   */
  contains(ip: string): boolean;
}

/** What no network can be told of: a proxy that sent something else than an address. */
export const NO_NETWORK = 'unknown';

/** A shorter prefix than these names a continent, not the networks of a town. */
const SHORTEST = { 4: 8, 6: 16 } as const;
const LONGEST = { 4: 32, 6: 128 } as const;
/** The first six groups of an IPv4-mapped address, in decimal. */
const MAPPED = '0:0:0:0:0:65535';
const SCHEMES = { 4: 'ipv4', 6: 'ipv6' } as const;

interface Cidr {
  readonly address: string;
  readonly version: 4 | 6;
  readonly prefix: number;
}

/**
 * The networks of a comma-separated list; throws a `RangeError` on one that `wrongNetwork` names.
 */
export function readNetworks(list: string): Networks {
  const block = new BlockList();
  for (const text of itemsOf(list)) {
    const cidr = readCidr(text);
    if (cidr === null) throw new RangeError(`no network: ${text}`);
    block.addSubnet(cidr.address, cidr.prefix, SCHEMES[cidr.version]);
  }
  return {
    contains(ip) {
      const address = addressOf(ip);
      return address !== null && block.check(address.text, SCHEMES[address.version]);
    },
  };
}

/**
 * The first of a comma-separated list that isn't a network (`10.12.0.0/16`, `2001:db8::/48`, one
 * address); null when all are.
 */
export function wrongNetwork(list: string): string | null {
  return itemsOf(list).find((text) => readCidr(text) === null) ?? null;
}

/**
 * The network that an address is counted with: its /24 in IPv4, its /56 in IPv6, which is what a
 * provider hands to one customer (RFC 6177 §2). Canonical text, the same for every spelling of an
 * address; `NO_NETWORK` for what is none.
 */
export function networkOf(ip: string): string {
  const address = addressOf(ip);
  if (address === null) return NO_NETWORK;
  if (address.version === 4) return `${address.text.split('.').slice(0, 3).join('.')}.0/24`;
  const [a = 0, b = 0, c = 0, d = 0] = groupsOf(address.text);
  return `${[a, b, c, d & 0xff00].map((group) => group.toString(16)).join(':')}::/56`;
}

/**
 * An address as the system says it: short (RFC 5952), and IPv4 where it only wore IPv6's clothes;
 * what is none stays as it is.
 */
export function plainAddress(ip: string): string {
  const address = addressOf(ip);
  if (address === null) return ip;
  return address.version === 4 ? address.text : shortOf(address.text);
}

function itemsOf(list: string): string[] {
  return list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function readCidr(text: string): Cidr | null {
  const [, host = '', digits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(host);
  if (version !== 4 && version !== 6) return null;
  const prefix = digits === undefined ? LONGEST[version] : Number(digits);
  if (prefix < SHORTEST[version] || prefix > LONGEST[version] || host.includes('%')) return null;
  return { address: host, version, prefix };
}

/**
 * An address without its zone (RFC 4007 §11); IPv4-mapped IPv6 (RFC 4291 §2.5.5.2) becomes IPv4.
 */
function addressOf(ip: string): { readonly text: string; readonly version: 4 | 6 } | null {
  const [text = ''] = ip.split('%', 1);
  if (isIP(text) === 4) return { text, version: 4 };
  if (isIP(text) !== 6) return null;
  const groups = groupsOf(text);
  if (groups.slice(0, 6).join(':') !== MAPPED) return { text, version: 6 };
  const [high = 0, low = 0] = groups.slice(6);
  return { text: [high >> 8, high & 255, low >> 8, low & 255].join('.'), version: 4 };
}

/** The URL parser writes any spelling of an IPv6 address in hex and short (RFC 5952). */
const shortOf = (text: string): string => new URL(`http://[${text}]/`).hostname.slice(1, -1);

/** The eight groups of an IPv6 address. */
function groupsOf(text: string): number[] {
  const [head = '', tail] = shortOf(text).split('::');
  const read = (half: string) =>
    half === '' ? [] : half.split(':').map((group) => parseInt(group, 16));
  const [before, after] = [read(head), read(tail ?? '')];
  return [
    ...before,
    ...Array.from({ length: 8 - before.length - after.length }, () => 0),
    ...after,
  ];
}
