import { KeyCounts } from '../core/ground/counts.ts';
import { networkOf } from '../core/ground/networks.ts';

/** Connections that a network of peers may have at once. */
export interface PeerSlots {
  /** Null when this network has all of them; else what gives its slot back, once. */
  take(ip: string): (() => void) | null;
}

/** KeyCounts by network: whoever has one address of an IPv6 network has millions. */
export function openPeerSlots(each: number): PeerSlots {
  const taken = new KeyCounts();
  return {
    take(ip) {
      const network = networkOf(ip);
      if (!taken.take(network, each)) return null;
      let given = false;
      return () => {
        if (given) return;
        given = true;
        taken.add(network, -1);
      };
    },
  };
}
