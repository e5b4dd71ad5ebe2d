import { setTimeout as pause } from 'node:timers/promises';
import type { ShownBatch } from '../../core/core.ts';
import type { Visit } from '../frame/visit.ts';
import { progressText } from '../pages/roster/roster-town.ts';
import type { Stream } from './streams.ts';

/**
 * How often the work is looked at: it may go on in another process, which can't be heard from here.
 */
const LOOK_MS = 400;
/** A page that follows longer is asked to come again. */
const MAX_LOOKS = 2_000;

/** GET /roster/town/:batch/events: how far a batch is, as server-sent events, until it is over. */
export async function followBatch(
  visit: Visit<'pendingImports.batch'>,
  first: ShownBatch,
  stream: Stream,
): Promise<void> {
  try {
    for (
      let look = 0, batch: ShownBatch | null = first;
      look < MAX_LOOKS && !stream.ended.aborted;
      look += 1
    ) {
      const said = batch === null ? null : progressText(visit, batch);
      if (batch === null || said === null) break;
      stream.send('step', `${batch.done} ${batch.of} ${said}`);
      await pause(LOOK_MS, undefined, { signal: stream.ended }).catch(() => undefined);
      batch = await visit.core.pendingImports.batch(visit.viewer, first.id);
    }
    if (!stream.ended.aborted) stream.send('over', '');
  } finally {
    stream.end();
  }
}
