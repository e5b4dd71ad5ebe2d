import { join } from 'node:path';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { Counter } from 'prom-client';
import type { CorePart, CoreWith } from '../core/core.ts';
import { isLoopback, portOf } from '../core/listen.ts';
import { buildAssets } from './assets.ts';
import { openClassDoor, openClassHere } from './class-door.ts';
import { watchConnections, type Connections } from './connections.ts';
import { openSettings, SETTINGS_PATHS } from './devices/doors.ts';
import { openDoor } from './door.ts';
import { openEvents } from './events.ts';
import { failing, loaded, posted, sendBroken } from './exchange.ts';
import { MAX_FIELDS_BYTES } from './forms.ts';
import { openGate } from './gate.ts';
import { COOKIE, hostsOf, isFromUs, mustBeSecure, SESSION_COOKIE } from './guard.ts';
import { openTurns } from './in-turn.ts';
import { LIMITS, type WebLimits } from './limits.ts';
import { openTally, peersOf, proxyPeer } from './peers.ts';
import { commonHeaders, HSTS, sendAsset } from './reply.ts';
import type { Pages } from './route.ts';
import type { ServerPart, Site } from './site.ts';
import { openStreams } from './streams.ts';
import { openTurnAway, type TurnAway, type TurnedAway } from './turned-away.ts';
import { uploadFolder } from './uploads.ts';

/** Asked without a Host of ours: by probes, and by mail programs that look for their settings. */
const ANY_HOST: ReadonlySet<string> = new Set(['/healthz', '/metrics', ...SETTINGS_PATHS]);
/** What the parser says of what it can't read; anything else is no HTTP. */
const PARSER_SAYS: Readonly<Record<string, TurnedAway>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
  HPE_HEADER_OVERFLOW: 'head-too-big',
};

interface WebmailOptions {
  readonly clock: () => Date;
  readonly limits: Partial<WebLimits>;
}

/** What a server needs of core: its own parts and those that its pages use. */
type CoreFor<Part extends CorePart> = CoreWith<ServerPart> & CoreWith<NoInfer<Part>>;

/**
 * Opens the pages on `config.host:webPort`. Throws a `Fault` where their cookie would not be safe.
 */
export async function startWebmail<Part extends CorePart>(
  core: CoreFor<Part>,
  pages: Pages<Part>,
  options: Partial<WebmailOptions> = {},
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const app = await webmail(core, pages, options);
  // More than these wait in the kernel while one turn of the loop is long: a flood, or a school
  // that starts at eight.
  await app.listen({ host: core.config.host, port: core.config.webPort, backlog: BACKLOG });
  return { port: portOf(app.server), close: () => app.close() };
}
const BACKLOG = 4_096;

/** The pages without a port, for tests by injection. */
export async function webmail<Part extends CorePart>(
  core: CoreFor<Part>,
  pages: Pages<Part>,
  { clock = () => new Date(), ...given }: Partial<WebmailOptions> = {},
): Promise<FastifyInstance> {
  mustBeSecure(core.config);
  const limits = { ...LIMITS, ...given.limits };
  const headers = commonHeaders(core.config);
  const turnAway = counting(core, openTurnAway(headers));
  const app = fastify({
    ...bounded(core, limits),
    frameworkErrors: (error, request, reply) => {
      void fail(error, request, reply);
    },
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) socket.destroy();
      else turnAway(socket, PARSER_SAYS[error.code] ?? 'no-http');
    },
  });
  const site = await openSite(core, {
    limits,
    headers,
    clock,
    turnAway,
    connections: connectionsOf(app, core, { limits, turnAway }),
  });
  const fail = failing(site);
  app.removeAllContentTypeParsers();
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: MAX_FIELDS_BYTES });
  // Of a file that is too long the rest is heard, so that the fields behind it are read.
  await app.register(multipart, { throwFileSizeLimit: false });
  app.setErrorHandler(fail);
  app.setNotFoundHandler((request, reply) =>
    sendBroken(site, { request, reply }, { what: 'missing', status: 404 }),
  );
  guardAll(app, site);
  openProbes(app, core);
  await openSettings(app, core);
  await openDoor(app, core, site.assets);
  openClassDoor(app, core, site.assets);
  openEvents(app, site);
  openPages(app, site, pages);
  return app;
}

/** What a request may take of time and of bytes. */
function bounded({ config }: CoreWith<'config'>, limits: WebLimits) {
  return {
    logger: false,
    trustProxy: config.trustedProxy ?? false,
    bodyLimit: MAX_FIELDS_BYTES,
    requestTimeout: limits.requestMs,
    connectionTimeout: limits.stalledMs,
    keepAliveTimeout: limits.keepAliveMs,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 100 },
    exposeHeadRoutes: true,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.lookMs },
  } as const;
}

/**
 * Who is turned away is counted: a flood leaves no line in the log and can be seen all the same.
 */
function counting({ metrics }: CoreWith<'metrics'>, turnAway: TurnAway): TurnAway {
  const name = 'preau_web_turned_away_total';
  const known = metrics.registry.getSingleMetric(name);
  const count =
    known instanceof Counter
      ? known
      : new Counter({
          name,
          help: 'Connections of the pages turned away.',
          labelNames: ['why'] as const,
          registers: [metrics.registry],
        });
  return (socket, why) => {
    count.inc({ why });
    turnAway(socket, why);
  };
}

function connectionsOf(
  app: FastifyInstance,
  { config }: CoreWith<'config'>,
  { limits, turnAway }: { readonly limits: WebLimits; readonly turnAway: TurnAway },
): Connections {
  const peerOf = peersOf(config, limits);
  const proxy = proxyPeer(config, limits);
  const connections = watchConnections(app.server, {
    limits,
    turnAway,
    peerOf: (ip) => proxy(ip) ?? peerOf(ip),
  });
  app.addHook('onClose', async () => {
    connections.close();
  });
  return connections;
}

type Opened = Pick<Site, 'limits' | 'headers' | 'clock' | 'turnAway'> & {
  readonly connections: Connections;
};

async function openSite<Part extends CorePart>(
  core: CoreFor<Part>,
  { limits, headers, clock, turnAway, connections }: Opened,
): Promise<Site<Part>> {
  const peerOf = peersOf(core.config, limits);
  const gate = openGate(limits, peerOf);
  const opened = (request: FastifyRequest): void => {
    connections.asStream(request.raw.socket);
    gate.leave(request);
  };
  return {
    core,
    gate,
    assets: await buildAssets(),
    limits,
    headers,
    clock,
    turnAway,
    peerOf,
    streams: openStreams({ limits, peerOf, opened }),
    turns: openTurns({ bytesInHand: limits.filesInHand, waitMs: limits.turnMs }),
    uploads: uploadFolder(join(core.config.dataDir, 'uploads')),
    flight: openTally(limits.filesInFlight),
  };
}

/**
 * What holds for every request: headers, room, our own host, and that what changes something was
 * sent by a page of ours.
 */
function guardAll(app: FastifyInstance, site: Site): void {
  const {
    core: { config },
    assets,
    gate,
  } = site;
  app.addHook('onRequest', async (request, reply) => {
    const exchange = { request, reply };
    const crowded = gate.enter(request, reply);
    if (crowded !== null) {
      // By hand and in one piece: a page for each of a flood would be a flood of work. What it
      // would bring is not waited for.
      reply.hijack();
      site.turnAway(request.raw.socket, crowded === 'peer' ? 'peer-full' : 'all-full');
      return reply;
    }
    const port = app.server.address();
    const isOurHost = hostsOf(
      config,
      typeof port === 'object' && port !== null ? port.port : config.webPort,
    ).has(String(request.headers.host ?? '').toLowerCase());
    void reply.headers({ ...site.headers });
    if (!isOurHost) void reply.removeHeader(HSTS); // it would bind a name that isn't ours to bind
    const path = request.url.split('?')[0] ?? '';
    if (!ANY_HOST.has(path) && !isOurHost)
      return sendBroken(site, exchange, { what: 'wrong', status: 421 });
    if (request.method === 'GET' || request.method === 'HEAD' || isFromUs(request))
      return undefined;
    return sendBroken(site, exchange, { what: 'forbidden', status: 403 });
  });
  app.get('/a/:hash/:name', (request, reply) => {
    const asset = assets.at(request.url);
    return asset === null ? reply.callNotFound() : sendAsset(request, reply, asset);
  });
  app.get('/favicon.ico', (_request, reply) =>
    reply.header('cache-control', 'public, max-age=86400').code(204).send(),
  );
  app.get('/', (_request, reply) => reply.redirect('/mail/inbox', 303));
}

/**
 * `/healthz` for whoever watches the service, `/metrics` for this machine alone. Neither holds a
 * name.
 */
function openProbes(app: FastifyInstance, core: CoreWith<'health' | 'metrics'>): void {
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

function openPages<Part extends CorePart>(
  app: FastifyInstance,
  site: Site<Part>,
  { loads, posts }: Pages<Part>,
): void {
  for (const [path, load] of Object.entries(loads))
    app.get(path, (request, reply) => loaded(site, load, { request, reply }));
  for (const [path, post] of Object.entries(posts))
    app.post(path, (request, reply) => posted(site, post, { request, reply }));
  app.post('/codes/:class/open', (request, reply) =>
    posted<ServerPart>(site, (visit) => openClassHere(visit, { request, reply }), {
      request,
      reply,
    }),
  );
  app.post('/signout', (request, reply) =>
    posted<ServerPart>(
      site,
      async (visit) => {
        await site.core.accounts.closeSession(visit.token);
        void reply.clearCookie(SESSION_COOKIE, COOKIE);
        return { kind: 'go', to: '/signin' };
      },
      { request, reply },
    ),
  );
}
