/**
 * The head of the PROXY protocol, versions 1 and 2 (HAProxy’s doc/proxy-protocol.txt): what a proxy
 * says, before anything else, of whoever it brings.
 */
import { isIP } from 'node:net';
import { plainAddress } from './networks.ts';

/** Who stands at the other end of what a proxy passes on. */
export interface BroughtPeer {
  /** As the system would have said it: an IPv4 address is one, whatever it was written as. */
  readonly address: string;
  readonly port: number;
}

/** What the first bytes of a connection are. */
type FirstBytes =
  /** More of a head must come. */
  | { readonly kind: 'short' }
  | { readonly kind: 'wrong' }
  /** Null: the proxy speaks for itself, as it does to see whether we are there. */
  | { readonly kind: 'head'; readonly bytes: number; readonly peer: BroughtPeer | null };

/** What a proxy sends in one piece, whatever the network (§2); no head of ours needs more. */
export const MOST_HEAD_BYTES = 536;
/** §2.1: the longest line of version 1, with its end. */
const LONGEST_LINE = 107;
const WORD = Buffer.from('PROXY ');
/** §2.2: no protocol begins like this. */
const SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n');
const FIXED_BYTES = 16;
const SHORT: FirstBytes = { kind: 'short' };
const WRONG: FirstBytes = { kind: 'wrong' };
const VERSIONS: Readonly<Record<string, number>> = { TCP4: 4, TCP6: 6 };

/** Reads a head at the beginning of what has come. */
export function readHead(bytes: Buffer): FirstBytes {
  if (isBegunBy(SIGNATURE, bytes)) return readBinary(bytes);
  return isBegunBy(WORD, bytes) ? readLine(bytes) : WRONG;
}

/** Whether nothing that has come contradicts it. */
function isBegunBy(beginning: Buffer, bytes: Buffer): boolean {
  const length = Math.min(beginning.length, bytes.length);
  return beginning.subarray(0, length).equals(bytes.subarray(0, length));
}

/** Version 1 (§2.1): `PROXY TCP4 192.0.2.7 198.51.100.1 56324 25`. */
function readLine(bytes: Buffer): FirstBytes {
  const end = bytes.subarray(0, LONGEST_LINE).indexOf('\r\n');
  if (end < 0) return bytes.length < LONGEST_LINE ? SHORT : WRONG;
  const size = end + 2;
  const [, family = '', from = '', to = '', port = '', ownPort = '', ...more] = bytes
    .toString('latin1', 0, end)
    .split(' ');
  // What stands behind UNKNOWN is to be ignored.
  if (family === 'UNKNOWN') return { kind: 'head', bytes: size, peer: null };
  const isRight =
    [from, to].every((address) => isAddress(address, VERSIONS[family])) &&
    [port, ownPort].every(isPort) &&
    more.length === 0;
  if (!isRight) return WRONG;
  return { kind: 'head', bytes: size, peer: { address: plainAddress(from), port: Number(port) } };
}

const isAddress = (text: string, version: number | undefined): boolean =>
  isIP(text) === version && !text.includes('%');

const isPort = (text: string): boolean => /^(0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535;

/** Version 2 (§2.2). What it says besides addresses (TLVs) is passed over. */
function readBinary(bytes: Buffer): FirstBytes {
  if (bytes.length < FIXED_BYTES) return SHORT;
  const [command, family] = [bytes[12], bytes[13]];
  const size = FIXED_BYTES + bytes.readUInt16BE(14);
  const isLocal = command === 0x20;
  if (size > MOST_HEAD_BYTES || (!isLocal && command !== 0x21)) return WRONG;
  if (bytes.length < size) return SHORT;
  if (isLocal || family === 0x00) return { kind: 'head', bytes: size, peer: null };
  const body = bytes.subarray(FIXED_BYTES, size);
  if (family === 0x11 && body.length >= 12)
    return { kind: 'head', bytes: size, peer: peerOf(body.subarray(0, 4), body.readUInt16BE(8)) };
  if (family === 0x21 && body.length >= 36)
    return { kind: 'head', bytes: size, peer: peerOf(body.subarray(0, 16), body.readUInt16BE(32)) };
  return WRONG; // datagrams and sockets of a machine: nobody brings us mail by them
}

function peerOf(address: Buffer, port: number): BroughtPeer {
  if (address.length === 4) return { address: address.join('.'), port };
  const groups = Array.from({ length: 8 }, (_, at) => address.readUInt16BE(at * 2).toString(16));
  return { address: plainAddress(groups.join(':')), port };
}
