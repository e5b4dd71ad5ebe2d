import type { FastifyInstance } from 'fastify';
import { isLoopback } from '../../core/ground/listen.ts';
import type { WithMetrics } from '../../core/ground/metrics.ts';
import type { WithHealth } from '../../core/town/readiness/contract.ts';

/**
 * `/healthz` for whoever watches the service, `/metrics` for this machine alone. Neither holds a
 * name.
 */
export function openProbes(app: FastifyInstance, core: WithHealth & WithMetrics): void {
  app.get('/healthz', async (_request, reply) => {
    const health = await core.health.check();
    const well = Object.values(health).every((part) => part === 'up');
    return reply
      .code(well ? 200 : 503)
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify(health));
  });
  app.get('/metrics', async (request, reply) => {
    const from = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    if (!isLoopback(from) || request.headers['x-forwarded-for'] !== undefined)
      return reply.callNotFound();
    return reply
      .header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
      .send(await core.metrics.text());
  });
}
