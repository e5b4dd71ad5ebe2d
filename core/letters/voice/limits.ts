import type { TurnLimits } from '../../ground/turns.ts';

/** What a program may take to say a piece. */
export interface ProgramLimits {
  readonly ms: number;
  readonly memoryBytes: number;
  readonly speechBytes: number;
}
/**
 * 9.6 s of speech take espeak-ng 0.02 to 0.14 s, and some 6 MB; a minute of samples of 16 bits, at
 * 22,050 a second.
 */
export const ESPEAK: ProgramLimits = {
  ms: 5_000,
  memoryBytes: 268_435_456,
  speechBytes: 2_646_000,
};
/** A voice that was learned reads a file of some 60 MB first; a minute at 48,000 a second. */
export const COMMAND: ProgramLimits = {
  ms: 10_000,
  memoryBytes: 4_294_967_296,
  speechBytes: 5_760_000,
};
/** What was said lately, of all schools together. */
export const KEPT_BYTES = 32_000_000;
/** A class that presses its ears at once waits for one another. */
export const TURNS: TurnLimits = {
  atOnce: 4,
  each: 2,
  waiting: 60,
  waitingEach: 6,
  waitMs: 5_000,
};
/** What one account may have said anew in ten minutes: what is kept costs nothing. */
export const SPOKEN_ANEW = { pieces: 200, inMs: 600_000 } as const;
