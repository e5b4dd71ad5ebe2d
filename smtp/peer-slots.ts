import { networkOf } from '../core/ground/networks.ts';

/** Connections that a network of peers may have at once. */
export interface PeerSlots {
  /** Null when this network has all of them; else what gives its slot back, once. */
  take(ip: string): (() => void) | null;
}

/** Counts by network: whoever has one address of an IPv6 network has millions. */
export function openPeerSlots(each: number): PeerSlots {
  const taken = new Map<string, number>();
  return {
    take(ip) {
      const network = networkOf(ip);
      const count = taken.get(network) ?? 0;
      if (count >= each) return null;
      let given = false;
      taken.set(network, count + 1);
      return () => {
        if (given) return;
        given = true;
        const left = (taken.get(network) ?? 0) - 1;
        if (left > 0) taken.set(network, left);
        else taken.delete(network);
      };
    },
  };
}
