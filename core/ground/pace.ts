/** Waits. */
export type Rest = (ms: number) => Promise<unknown>;

interface PaceLimits {
  readonly mostMs: number;
  readonly times?: number;
  readonly wholeMs?: number;
}

/**
 * Work in portions that leaves room for others: what is given back is called between two of them
 * and rests so many `times` as long as the last one took, `mostMs` at most, and `wholeMs` of all of
 * it.
 */
export function openPace(
  rest: Rest,
  { mostMs, times = 1, wholeMs = Infinity }: PaceLimits,
): () => Promise<void> {
  let begun = performance.now();
  let leftMs = wholeMs;
  return async () => {
    const ms = Math.min(times * (performance.now() - begun), mostMs, leftMs);
    leftMs -= ms;
    await rest(ms);
    begun = performance.now();
  };
}
