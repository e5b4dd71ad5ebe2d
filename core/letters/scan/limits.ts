/**
 * Every bound of scanning, by name. They hold in an order that `cli/launcher/clamd.pure.test.ts`
 * compares with both files of settings that we give clamd: its own limit of time, then ours, then
 * what a peer of SMTP waits for an answer.
 */
import { DAY_MS } from '../../ground/spans.ts';
import type { TurnLimits } from '../../ground/turns.ts';

/**
 * How long clamd may look at one message (its MaxScanTime): then it says itself that it could not,
 * and that answer is final.
 */
export const CLAMD_SCAN_MS = 20_000;

/**
 * How long clamd may say nothing to us. Above its own limit, so that only one that is stuck or
 * overrun is ever given up.
 */
export const SCAN_TIMEOUT_MS = 30_000;

/**
 * Threads of clamd's (its MaxThreads). More than all turns of one process of ours: what clamd has
 * to queue itself, it queues without asking whose it is.
 */
export const CLAMD_THREADS = 16;

/**
 * A message from outside up to this size is a letter. What costs clamd seconds is mostly larger,
 * and takes its turns among its like.
 */
export const LETTER_BYTES = 65_536;

/** The largest file that is ever scanned: a film of an adult's, where a town takes them. */
export const FILE_BYTES = 200_000_000;

/**
 * Kept for our own people, whatever comes from outside, and the two kinds of what does. Strangers
 * together have fewer than all of clamd's threads, a network never all of a kind. Few at once: what
 * runs beside a scan makes it slower, and brings it nearer to clamd's limit of time. Our own have
 * some more: while we are busy an answer waits for us as long as a scan takes (decision 73).
 */
export const TURNS = {
  own: { atOnce: 6, each: 2, waiting: 1_000, waitingEach: 100, waitMs: 20_000 },
  letters: { atOnce: 4, each: 3, waiting: 1_000, waitingEach: 250, waitMs: 60_000 },
  parcels: { atOnce: 3, each: 2, waiting: 60, waitingEach: 10, waitMs: 60_000 },
  // Of cupboards, one at a time: mail beside them hardly notices, and who put a file away can wait.
  files: { atOnce: 1, each: 1, waiting: 400, waitingEach: 60, waitMs: 180_000 },
} as const satisfies Record<string, TurnLimits>;

/**
 * Messages remembered because clamd ran out of our time with them; the oldest is forgotten for one
 * more.
 */
export const MAX_REMEMBERED = 1_000;
/** A mail server tries again for some five days (RFC 5321 §4.5.4.1). */
export const REMEMBER_MS = 5 * DAY_MS;
