/** How long mail to outside is tried, all in milliseconds. */
export interface Schedule {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** Age of a message after which its sender is told that it is late, and tried on. */
  readonly tellDelayAfterMs: number;
  /** Age of a message after which a further failure is the last one… */
  readonly giveUpAfterMs: number;
  /**
   * …but not before so many attempts: mail that waited for a smarthost for a week is tried all the
   * same.
   */
  readonly leastAttempts: number;
  /**
   * For how long one attempt is somebody's own; renewed while it runs, so only a crash lets it
   * pass.
   */
  readonly leaseMs: number;
  /**
   * The longest that one attempt may take: what RFC 5321 §4.5.3.2 grants a peer after the final dot
   * (10 min), and the steps before it.
   */
  readonly sendMs: number;
  /** Pause between two looks at what is due. */
  readonly sweepMs: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * RFC 5321 §4.5.4.1: retries at least 30 minutes apart as a rule, given up after 4 to 5 days; the
 * first ones sooner, for greylisting: postgrey and rspamd send away for five minutes, and the
 * second retry comes after eight.
 */
export const SCHEDULE: Schedule = {
  firstDelayMs: 2 * MINUTE,
  longestDelayMs: 4 * HOUR,
  tellDelayAfterMs: 4 * HOUR,
  giveUpAfterMs: 4 * 24 * HOUR,
  leastAttempts: 4,
  leaseMs: 90 * SECOND,
  sendMs: 15 * MINUTE,
  sweepMs: 3 * SECOND,
};

/** Each delay is this many times the one before. */
const GROWTH = 3;
/**
 * A delay is spread by a fifth to both sides, so that what failed together doesn't come back
 * together.
 */
const JITTER = 0.2;

interface LastTry {
  readonly attempt: number;
  readonly createdAt: Date;
  readonly now: Date;
  readonly random: number;
}

/**
 * When to try again after attempt number `attempt` (1 is the first) failed at `now`, or null: no
 * more. `random` is from 0 to 1, without 1.
 */
export function nextTry(schedule: Schedule, failed: LastTry): Date | null {
  const age = failed.now.getTime() - failed.createdAt.getTime();
  if (age >= schedule.giveUpAfterMs && failed.attempt >= schedule.leastAttempts) return null;
  const plain = Math.min(
    schedule.firstDelayMs * GROWTH ** (failed.attempt - 1),
    schedule.longestDelayMs,
  );
  const spread = 1 - JITTER + 2 * JITTER * failed.random;
  return new Date(failed.now.getTime() + Math.round(plain * spread));
}
