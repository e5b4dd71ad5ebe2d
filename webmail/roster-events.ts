import type { FastifyReply } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import { progressText } from './pages/roster-town.ts';
import { headersOf } from './live.ts';
import type { Visit } from './visit.ts';

/** How often the work is looked at: it may go on in another process, which can't be heard from here. */
const LOOK_MS = 400;
/** A page that follows longer is asked to come again. */
const MAX_LOOKS = 2_000;

/** GET /roster/town/:batch/events: how far a batch is, as server-sent events, until it is over. */
export async function followBatch(visit: Visit, id: number, { reply, signal }: { readonly reply: FastifyReply; readonly signal: AbortSignal }): Promise<void> {
  const raw = reply.raw;
  reply.hijack();
  raw.writeHead(200, { ...headersOf(reply), 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
  const gone = new AbortController();
  raw.on('close', () => gone.abort());
  const ended = AbortSignal.any([signal, gone.signal]);
  try {
    for (let look = 0; look < MAX_LOOKS && !ended.aborted; look += 1) {
      const batch = await visit.core.imports.batch(visit.viewer, id);
      const said = batch === null ? null : progressText(visit, batch);
      if (batch === null || said === null) break;
      raw.write(`event: step\ndata: ${batch.done} ${batch.of} ${said}\n\n`);
      await pause(LOOK_MS, undefined, { signal: ended }).catch(() => undefined);
    }
    if (!ended.aborted) raw.write('event: over\ndata: \n\n');
  } finally {
    raw.end();
  }
}
