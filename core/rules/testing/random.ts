/**
 * Random choices that come out the same for the same seed (mulberry32), so that a failure can be
 * seen again.
 */
export interface RandomChoices {
  /** An integer from 0 to `below` - 1. */
  readonly below: (below: number) => number;
  /** True in so many of a hundred calls. */
  readonly percent: (share: number) => boolean;
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T;
}

/** A generator for one seed, an unsigned 32-bit integer. */
export function randomFrom(seed: number): RandomChoices {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    percent: (share) => below(100) < share,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
  };
}
