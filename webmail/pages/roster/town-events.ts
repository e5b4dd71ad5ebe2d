import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type {
  ShownBatch,
  WithPendingImports,
} from '../../../core/school/imports/pending/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { INBOX } from '../../here.ts';
import { sendBroken, sendBrokenTo } from '../../http/broken.ts';
import { enter } from '../../http/enter.ts';
import { CROWDED } from '../../http/events.ts';
import { asked } from '../../http/route.ts';
import { sessionOf } from '../../http/session-of.ts';
import type { Stream } from '../../http/streams.ts';
import { numberOf } from '../../ids.ts';
import type { Exchange, ServerPart, Site } from '../../site.ts';
import { progressText } from './roster-town.ts';

/**
 * How often the work is looked at: it may go on in another process, which can't be heard from here.
 */
const LOOK_MS = 400;
/** A page that follows longer is asked to come again. */
const MAX_LOOKS = 2_000;

/** How far a town's import is, told to the page that shows it. */
export function openTownEvents(app: FastifyInstance, site: Site): void {
  app.get('/roster/town/:batch/events', (request, reply) => followTown(site, { request, reply }));
}

/** GET /roster/town/:batch/events: server-sent events, until the batch is over. */
async function followTown(site: Site, exchange: Exchange): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const found = await sessionOf(site, request, 'glance');
  if (found === null || found.session.mustProtect) return reply.code(204).send();
  const id = numberOf(asked(request).params['batch']);
  const visit = enter<ServerPart>(site, found, { request, here: INBOX });
  const batch = id === null ? null : await site.core.pendingImports.batch(visit.viewer, id);
  if (batch === null) return sendBrokenTo(site, exchange, { what: 'missing', status: 404 });
  const stream = site.streams.open({ core: site.core, ...found }, exchange);
  if (stream === null) return sendBroken(site, exchange, CROWDED);
  await followBatch(visit, batch, stream);
  return reply;
}

async function followBatch(
  visit: Visit<WithPendingImports<'batch'>>,
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
