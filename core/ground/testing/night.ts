import type { Night } from '../night-job.ts';

/** A night that nobody ends, in which nobody waits. */
export const NIGHT: Night = {
  signal: new AbortController().signal,
  checkpoint: null,
  keep: () => Promise.resolve(),
  breathe: () => Promise.resolve(),
};
