import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { MAX_REMEMBERED, REMEMBER_MS } from './limits.ts';

/**
 * What is known of a message's bytes: that clamd ran out of time with them, among others or alone.
 */
type Slowness = 'never' | 'among-others' | 'alone';

/**
 * Messages that clamd ran out of our time with, by the hash of their bytes: what is sent again is
 * known again.
 */
interface SlowBytes {
  of(message: readonly Buffer[]): Slowness;
  remember(message: readonly Buffer[], how: Exclude<Slowness, 'never'>): void;
}

/**
 * A memory of its own for each process; it has a bound, and what is older than a mail server's
 * patience is forgotten.
 */
export function openSlowBytes(clock: () => number, most = MAX_REMEMBERED): SlowBytes {
  const known = new LRUCache<string, Exclude<Slowness, 'never'>>({
    max: most,
    ttl: REMEMBER_MS,
    ttlResolution: 0,
    perf: { now: clock },
  });
  return {
    of(message) {
      if (known.size === 0) return 'never'; // nearly always, and then nothing is hashed
      return known.get(hashOf(message)) ?? 'never';
    },
    remember(message, how) {
      known.set(hashOf(message), how);
    },
  };
}

function hashOf(message: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const piece of message) hash.update(piece);
  return hash.digest('base64');
}
