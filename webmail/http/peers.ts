import type { Config } from '../../core/ground/config.ts';
import { KeyCounts } from '../../core/ground/counts.ts';
import { networkOf, readNetworks } from '../../core/ground/networks.ts';
import type { WebLimits } from './limits.ts';

/** Whom a connection or a request is counted with, and how much they may have at once. */
export interface Peer {
  readonly key: string;
  readonly connections: number;
  readonly requests: number;
  readonly streams: number;
  readonly fileBytes: number;
  readonly formBytes: number;
}

export type PeerOf = (ip: string) => Peer;

const OWN_MACHINE: ReadonlySet<string> = new Set(['127.0.0.1', networkOf('::1')]);

/**
 * The peer of an address. In IPv4 the address itself: a carrier's /24 holds hundreds of families;
 * in IPv6 the /56 that one customer has (RFC 6177 §2). Who comes from many networks at once meets
 * the limit of all connections. This machine itself has as much as a school: it is a proxy that
 * nobody named, behind which everybody stands, or a tool of ours.
 */
export function peersOf(
  { schoolNetworks }: Pick<Config, 'schoolNetworks'>,
  limits: WebLimits,
): PeerOf {
  const schools = readNetworks(schoolNetworks);
  return (ip) => {
    const network = networkOf(ip);
    const key = network.endsWith('/24') ? ip.replace(/^::ffff:/i, '') : network;
    return schools.contains(ip) || OWN_MACHINE.has(key)
      ? {
          key,
          connections: limits.connectionsPerSchool,
          requests: limits.requestsPerSchool,
          streams: limits.streamsPerSchool,
          fileBytes: limits.filesPerSchool,
          formBytes: limits.formBytesPerSchool,
        }
      : {
          key,
          connections: limits.connectionsPerPeer,
          requests: limits.requestsPerPeer,
          streams: limits.streamsPerPeer,
          fileBytes: limits.filesPerPeer,
          formBytes: limits.formBytesPerPeer,
        };
  };
}

/**
 * The peer of connections from our own proxy: it stands for everybody, and is held by the limit of
 * all alone.
 */
export function proxyPeer(
  config: Pick<Config, 'trustedProxy'>,
  limits: WebLimits,
): (ip: string) => Peer | null {
  const proxy = readNetworks(config.trustedProxy ?? '');
  const peer: Peer = {
    key: 'proxy',
    connections: limits.connections,
    requests: limits.connections,
    streams: limits.streams,
    fileBytes: limits.filesInFlight,
    formBytes: limits.formBytes,
  };
  return (ip) => (proxy.contains(ip) ? peer : null);
}

/** Who has as much as they may: a peer, or all together. */
export type CrowdedBy = 'peer' | 'all';

/** How many things each peer has at once. */
export interface PeerTally {
  /** Null once `count` more are counted; else nothing is. */
  take(key: string, most: number, count?: number): CrowdedBy | null;
  giveBack(key: string, count?: number): void;
}

export function openTally(mostOfAll: number): PeerTally {
  const counts = new KeyCounts();
  let all = 0;
  return {
    take(key, most, count = 1) {
      if (counts.of(key) + count > most) return 'peer';
      if (all + count > mostOfAll) return 'all';
      counts.add(key, count);
      all += count;
      return null;
    },
    giveBack(key, count = 1) {
      counts.add(key, -count);
      all -= count;
    },
  };
}
