import type { Facts } from './facts.ts';

export type Verdict = { readonly kind: 'allow' } | { readonly kind: 'hold' | 'deny'; readonly rule: string };

/** Placeholder signature; see the brief. */
export function decide(_facts: Facts): Verdict {
  return { kind: 'deny', rule: 'no-such-address' };
}
