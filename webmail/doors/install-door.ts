import type { FastifyInstance } from 'fastify';
import type { Assets } from '../assets.ts';
import { chosenOf } from '../http/reader.ts';
import { sendPage } from '../http/reply.ts';
import { asked } from '../http/route.ts';
import { offlinePage } from '../pages/about/offline.ts';

/** What the page without a network is made of. */
const FILES = ['base.css', 'drawings.svg', 'tab.svg', 'offline.js'] as const;

/** What makes the pages installable: nothing of it is anybody's. */
export function openInstallDoor(app: FastifyInstance, assets: Assets): void {
  const files = JSON.stringify(FILES.map(assets.address));
  const worker = `const FILES=${files};${assets.text('worker.js')}`;
  app.get('/worker.js', (_request, reply) =>
    reply.header('content-type', 'text/javascript; charset=utf-8').send(worker),
  );
  app.get('/offline', (request, reply) => {
    const { query } = asked(request);
    const audience = query['for'] === 'child' ? 'child' : 'adult';
    const language = chosenOf(query['language']) ?? 'fr';
    const body = offlinePage(assets.address, { language, audience });
    return sendPage(request, reply, { status: 200, body });
  });
}
