import type { TurnLimits } from '../../ground/turns.ts';

/** 9.6 s of speech take espeak-ng 0.02 to 0.14 s. */
export const SPEAK_MS = 5_000;
/** A minute of samples of 16 bits, at 22,050 a second. */
export const SPEECH_BYTES = 2_646_000;
/** What the program may take of memory; it takes some 6 MB. */
export const PROGRAM_BYTES = 268_435_456;
export const PROGRAM_SECONDS = 5;
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
