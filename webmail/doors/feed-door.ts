import type { FastifyInstance } from 'fastify';
import type { WithWeekFeeds } from '../../core/school/week/contract.ts';
import { sendCalendar } from '../http/reply.ts';

/** Long enough for a school and its secret. */
const MOST_CHARS = 60;

/**
 * GET /agenda/<name>.ics: the week, to whichever program has its link. No cookie, no page of ours:
 * what isn't there any more is gone (RFC 9110 §15.5.11), so that programs stop asking.
 */
export function openFeedDoor(app: FastifyInstance, core: WithWeekFeeds<'read'>): void {
  app.get<{ Params: { name: string } }>('/agenda/:name', async (request, reply) => {
    const name = /^(.+)\.ics$/.exec(request.params.name)?.[1] ?? '';
    if (name === '' || name.length > MOST_CHARS) return reply.callNotFound();
    const fed = await core.weekFeeds.read(name);
    void reply.header('x-robots-tag', 'noindex, nofollow');
    switch (fed.kind) {
      case 'unknown':
        return reply.code(404).send();
      case 'gone':
        return reply.code(410).send();
      case 'feed':
        return sendCalendar(request, reply, fed);
    }
  });
}
