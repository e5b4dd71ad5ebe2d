import type { Logger } from 'pino';
import type { SchoolId } from '../ids.ts';
import type { Queue } from './queue.ts';

/** Brings fresh outbox rows to the queue. */
type Hurry = (school: SchoolId, rows: readonly number[]) => void;

/**
 * What delivery calls after its commit, so that mail to outside leaves at once and not at the
 * sweeper's next look. It promises nothing and is not waited for: with the queue away, the rows are
 * due all the same.
 */
export function hurryOutbox(queue: Queue, log: Logger): Hurry {
  return (school, rows) => {
    queue
      .add(rows.map((row) => ({ kind: 'outbox', school, row, attempt: 0 })))
      .catch((error: unknown) =>
        log.warn(
          { err: error, school, rows: rows.length },
          'fresh mail to outside waits for the sweeper',
        ),
      );
  };
}
