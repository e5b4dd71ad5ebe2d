import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Exchange, Site } from '../site.ts';
import { followArrivals } from './arrivals.ts';
import { sendBroken } from './broken.ts';
import { isOwnComputer } from './enter.ts';
import { followGathered } from './gathered.ts';
import { sessionOf } from './session-of.ts';

/**
 * Said where a peer has as many streams as it may: the page does without, until it is loaded again.
 */
export const CROWDED = { what: 'crowded', status: 429 } as const;

/** What is told to open pages as it happens, as server-sent events: new mail. */
export function openEvents(app: FastifyInstance, site: Site): void {
  app.addHook('preClose', async () => {
    site.streams.close();
  });
  app.get('/events', (request, reply) => hearMail(site, { request, reply }));
}

/**
 * New mail: only that it came, the page asks for its list again; and at an adult's own computer,
 * where they wish a notice, who it is from. Works across processes, since core announces in each.
 */
async function hearMail(site: Site, exchange: Exchange): Promise<FastifyReply> {
  const found = await sessionOf(site, exchange.request, 'glance');
  // 204 tells the browser not to come again.
  if (found === null || found.session.mustProtect) return exchange.reply.code(204).send();
  const isOwn = found.session.viewer.role !== 'pupil' && isOwnComputer(exchange.request);
  const arrived = isOwn ? followArrivals(site, found) : async () => null;
  const stream = site.streams.open({ core: site.core, ...found }, exchange, (open) => {
    open.send('mail', '');
    void arrived()
      .catch(() => null) // the list shows it all the same
      .then((arrival) => arrival && open.send('notice', JSON.stringify(arrival)));
  });
  if (stream === null) return sendBroken(site, exchange, CROWDED);
  if (isOwn) followGathered(site, found, stream);
  return exchange.reply;
}
