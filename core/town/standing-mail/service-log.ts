/** Reads what the service logs, as who runs it has kept it: a file, or `journalctl`'s output. */
import { z } from 'zod';
import type { SchoolId } from '../../ids.ts';
import type { Covered, Delivery } from './deliveries.ts';

/** Lines read of one log, at most: some days of a whole town. */
const MOST_LINES = 5_000_000;
/** What `core/jobs/send.ts` logs of an attempt, `time` in milliseconds (pino). */
const ATTEMPT = z.object({
  time: z.number(),
  msg: z.literal('mail to outside'),
  school: z.int().transform((id) => id as SchoolId),
  outbox: z.int(),
  outcome: z.enum(['sent', 'failed', 'deferred']),
  code: z.int().nullable(),
});

interface ServiceLog {
  readonly deliveries: readonly Delivery[];
  /** From its first line to its last; null: there was no line of ours. */
  readonly covered: Covered | null;
}

/**
 * Reads a log's lines; whatever a log keeper puts before them is passed over. `wanted` says of
 * which letters to keep what it says.
 */
export async function readServiceLog(
  lines: AsyncIterable<string> | Iterable<string>,
  wanted: (letter: Pick<Delivery, 'school' | 'outbox'>) => boolean,
): Promise<ServiceLog> {
  const deliveries: Delivery[] = [];
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let read = 0;
  for await (const text of lines) {
    if ((read += 1) > MOST_LINES) break;
    const line = jsonIn(text);
    const time = line === null ? null : line['time'];
    if (typeof time !== 'number' || typeof line?.['level'] !== 'number') continue;
    [first, last] = [Math.min(first, time), Math.max(last, time)];
    const attempt = ATTEMPT.safeParse(line).data;
    if (attempt === undefined || attempt.outcome === 'deferred' || !wanted(attempt)) continue;
    const { school, outbox, outcome, code } = attempt;
    deliveries.push({ at: new Date(attempt.time), school, outbox, outcome, code });
  }
  const covered = first > last ? null : { from: new Date(first), until: new Date(last) };
  return { deliveries, covered };
}

function jsonIn(text: string): Readonly<Record<string, unknown>> | null {
  const from = text.indexOf('{"level":');
  if (from < 0) return null;
  try {
    return JSON.parse(text.slice(from)) as Readonly<Record<string, unknown>>;
  } catch {
    return null; // cut short, or somebody else's
  }
}
