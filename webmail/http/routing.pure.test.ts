import fastify, { type FastifyInstance } from 'fastify';
import { expect, it } from 'vitest';
import { finderIn, routeOf } from './routing.ts';

const TABLE = {
  '/mail/:mailbox': 'a mailbox',
  '/mail/:mailbox/:uid': 'a letter',
  '/mail/inbox/all': 'all letters',
};

function serverOf(table: Readonly<Record<string, string>>): FastifyInstance {
  const find = finderIn(table);
  const app = fastify();
  app.get('/*', (request, reply) => {
    const page = find(request);
    if (page === null) return reply.callNotFound();
    return reply.send([page, routeOf(request), request.params]);
  });
  app.get('/own/:name', (request) => [routeOf(request)]);
  return app;
}

it.each<{ url: string; then: readonly unknown[] | null }>([
  { url: '/mail/inbox', then: ['a mailbox', '/mail/:mailbox', { mailbox: 'inbox' }] },
  { url: '/mail/inbox?older=7#top', then: ['a mailbox', '/mail/:mailbox', { mailbox: 'inbox' }] },
  { url: '/m%61il/in%2Fbox', then: ['a mailbox', '/mail/:mailbox', { mailbox: 'in/box' }] },
  { url: '/mail/inbox/all', then: ['all letters', '/mail/inbox/all', {}] },
  {
    url: '/mail/inbox/allegro',
    then: ['a letter', '/mail/:mailbox/:uid', { mailbox: 'inbox', uid: 'allegro' }],
  },
  { url: '/own/door', then: ['/own/:name'] },
  { url: '/mail', then: null },
  { url: '/Mail/inbox', then: null },
  { url: '/mail/inbox/7/8', then: null },
  { url: '/mail/inbox/', then: ['a letter', '/mail/:mailbox/:uid', { mailbox: 'inbox', uid: '' }] },
  { url: `/mail/${'x'.repeat(101)}`, then: null },
  { url: '/__proto__', then: null },
])('finds what $url names, in every server of a table', async ({ url, then }) => {
  for (const app of [serverOf(TABLE), serverOf(TABLE)]) {
    const answer = await app.inject(url);
    expect([answer.statusCode, then && answer.json()]).toEqual([then === null ? 404 : 200, then]);
  }
});
