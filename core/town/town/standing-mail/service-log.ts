/** Reads what the service logs, as who runs it has kept it: a file, or `journalctl`'s output. */

import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { aSchool } from '../../../ground/id-shapes.ts';
import type { KnownPeriod, OutsideDelivery } from './deliveries.ts';

/** Lines read of one log, at most: some days of a whole town. */
const MOST_LINES = 5_000_000;
/** Lines after which others have their turn. */
const AT_ONCE = 2_000;
/** A line of the service (pino), `time` in milliseconds, to its end. */
const LINE = /\{"level":\d+,"time":(\d{13})[,}].*/;
const MESSAGE = '"mail to outside"';
/** What `core/town/jobs/send.ts` logs of an attempt. */
const ATTEMPT = z.object({
  msg: z.literal('mail to outside'),
  school: aSchool,
  outbox: z.int(),
  outcome: z.enum(['sent', 'failed', 'deferred']),
  code: z.int().nullable(),
});

interface ServiceLog {
  readonly deliveries: readonly OutsideDelivery[];
  /** From its first line to its last; null: there was no line of ours. */
  readonly covered: KnownPeriod | null;
}

/**
 * Reads a log's lines; whatever a log keeper puts before them is passed over. `wanted` says of
 * which letters to keep what it says.
 */
export async function readServiceLog(
  lines: AsyncIterable<string> | Iterable<string>,
  wanted: (letter: Pick<OutsideDelivery, 'school' | 'outbox'>) => boolean,
): Promise<ServiceLog> {
  const deliveries: OutsideDelivery[] = [];
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let read = 0;
  for await (const text of lines) {
    if ((read += 1) > MOST_LINES) break;
    if (read % AT_ONCE === 0) await setImmediate();
    const [line = '', written] = LINE.exec(text) ?? [];
    if (written === undefined) continue;
    const time = Number(written);
    [first, last] = [Math.min(first, time), Math.max(last, time)];
    if (!line.includes(MESSAGE)) continue;
    const attempt = ATTEMPT.safeParse(jsonOf(line)).data;
    if (attempt === undefined || attempt.outcome === 'deferred' || !wanted(attempt)) continue;
    const { school, outbox, outcome, code } = attempt;
    deliveries.push({ at: new Date(time), school, outbox, outcome, code });
  }
  const covered = first > last ? null : { from: new Date(first), until: new Date(last) };
  return { deliveries, covered };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // cut short
  }
}
