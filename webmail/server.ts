import { join } from 'node:path';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../core/ground/config.ts';
import { portOf } from '../core/ground/listen.ts';
import { underWay, type LoopReading } from '../core/ground/loop-watch.ts';
import { openTurns } from '../core/ground/turns.ts';
import {
  openCertificate,
  showCertificate,
  type Certificate,
} from '../core/town/certificate/certificate.ts';
import { builtAssets } from './assets.ts';
import { openDevices, DEVICE_PATHS } from './devices/doors.ts';
import { openClassDoor, openClassHere } from './doors/class-door.ts';
import { openDoor } from './doors/door.ts';
import { openFeedDoor } from './doors/feed-door.ts';
import { openInstallDoor } from './doors/install-door.ts';
import { openLegalDoor } from './doors/legal-door.ts';
import { openPlainDoor } from './doors/plain-door.ts';
import { openSetupDoor } from './doors/setup-door.ts';
import { failing, sendBroken, sendBrokenTo } from './http/broken.ts';
import { encodedFields } from './http/encoded-fields.ts';
import { openEvents } from './http/events.ts';
import { loaded, posted } from './http/exchange.ts';
import { MAX_FIELDS, MAX_FIELDS_BYTES } from './http/forms.ts';
import { openGate } from './http/gate.ts';
import {
  COOKIE,
  hostsOf,
  isFromUs,
  KEPT_COOKIE,
  mustBeSecure,
  SESSION_COOKIE,
} from './http/guard.ts';
import { limitsOf, turnsOfForms, type WebLimits } from './http/limits.ts';
import { openListener, type WebListener } from './http/listener.ts';
import { openTally, peersOf } from './http/peers.ts';
import { openProbes } from './http/probes.ts';
import { commonHeaders, HSTS, sendAsset } from './http/reply.ts';
import type { Pages } from './http/route.ts';
import { finderIn, pagesIn, routeOf } from './http/routing.ts';
import { openStreams } from './http/streams.ts';
import { uploadFolder } from './http/uploads.ts';
import { openTownEvents } from './pages/roster/town-events.ts';
import type { ServerPart, Site } from './site.ts';

/** Asked without a Host of ours: by probes, and by mail programs that look for their settings. */
const ANY_HOST: ReadonlySet<string> = new Set(['/healthz', '/metrics', ...DEVICE_PATHS]);
interface WebmailOptions {
  readonly clock: () => Date;
  readonly limits: Partial<WebLimits>;
}

/** What a server needs of core: its own parts and those that its pages use. */
type CoreFor<Part extends object> = ServerPart & NoInfer<Part>;

/** Where the pages are, and how they are put away. */
export interface Webmail {
  /** In fact listened to, where the configuration said 0. */
  readonly port: number;
  /** Where plain HTTP leads to the pages; null where it has them itself. */
  readonly plainPort: number | null;
  close(): Promise<void>;
}

/**
 * Opens the pages on `config.host:webPort`; with an `httpsPort` there, over TLS, and on `webPort`
 * what leads to them. Throws a `Fault` where their cookie would not be safe, a port is taken or a
 * certificate is wrong.
 */
export async function startWebmail<Part extends object>(
  core: CoreFor<Part>,
  pages: Pages<Part>,
  options: Partial<WebmailOptions> = {},
): Promise<Webmail> {
  const { config } = core;
  if (config.httpsPort !== null) return startOverTls(core, pages, options);
  const app = await webmail(core, pages, options);
  const port = await listenOn(app, config, config.webPort);
  return { port, plainPort: null, close: () => app.close() };
}

async function startOverTls<Part extends object>(
  core: CoreFor<Part>,
  pages: Pages<Part>,
  options: Partial<WebmailOptions>,
): Promise<Webmail> {
  const { config } = core;
  mustBeSecure(config);
  const apps: FastifyInstance[] = [];
  const certificate = await openCertificate(core, (renewed) => {
    for (const { server } of apps) showCertificate(server, renewed);
  });
  const close = async (): Promise<void> => {
    certificate.close();
    await Promise.all(apps.map((app) => app.close()));
  };
  try {
    const app = await webmail(core, pages, { ...options, certificate: certificate.current });
    apps.push(app);
    const port = await listenOn(app, config, config.httpsPort ?? 0);
    const plain = await openPlainDoor(core, { ...limitsOf(config), ...options.limits }, () =>
      config.publicUrl.replace(/:0$/, `:${port}`),
    );
    apps.push(plain);
    return { port, plainPort: await listenOn(plain, config, config.webPort), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listenOn(app: FastifyInstance, { host }: Config, port: number): Promise<number> {
  // More than these wait in the kernel while one turn of the loop is long: a flood, or a school
  // that starts at eight.
  await app.listen({ host, port, backlog: BACKLOG });
  return portOf(app.server);
}
const BACKLOG = 4_096;

/** The pages without a port, for tests by injection. */
export async function webmail<Part extends object>(
  core: CoreFor<Part>,
  pages: Pages<Part>,
  {
    clock = () => new Date(),
    certificate = null,
    ...given
  }: Partial<WebmailOptions & { readonly certificate: Certificate | null }> = {},
): Promise<FastifyInstance> {
  mustBeSecure(core.config);
  const limits = { ...limitsOf(core.config), ...given.limits };
  const headers = commonHeaders(core.config);
  const listener = openListener(core, {
    limits,
    headers,
    certificate,
    failed: (error, request, reply) => {
      void fail(error, request, reply);
    },
  });
  const { app } = listener;
  const site = await openSite(core, { limits, headers, clock, isPage: pagesIn(pages), listener });
  const fail = failing(site);
  app.removeAllContentTypeParsers();
  await app.register(cookie);
  await app.register(formbody, {
    bodyLimit: MAX_FIELDS_BYTES,
    parser: (body) => ({ ...encodedFields(body, MAX_FIELDS) }),
  });
  // Of a file that is too long the rest is heard, so that the fields behind it are read.
  await app.register(multipart, { throwFileSizeLimit: false });
  app.setErrorHandler(fail);
  app.setNotFoundHandler((request, reply) =>
    sendBrokenTo(site, { request, reply }, { what: 'missing', status: 404 }),
  );
  guardAll(app, site);
  openProbes(app, core);
  await openDevices(app, core);
  openDoor(app, core, site.assets);
  openClassDoor(app, core, site.assets);
  openSetupDoor(app, core, site.assets);
  openLegalDoor(app, core, site.assets);
  openInstallDoor(app, site.assets);
  openFeedDoor(app, core);
  openEvents(app, site);
  openTownEvents(app, site);
  openPages(app, site, pages);
  return app;
}

async function openSite<Part extends object>(
  core: CoreFor<Part>,
  {
    limits,
    headers,
    clock,
    isPage,
    listener: { turnAway, connections },
  }: Pick<Site, 'limits' | 'headers' | 'clock' | 'isPage'> & { readonly listener: WebListener },
): Promise<Site<ServerPart & Part>> {
  const peerOf = peersOf(core.config, limits);
  const gate = openGate(limits, peerOf);
  const opened = (request: FastifyRequest): void => {
    connections.asStream(request.raw.socket);
    gate.leave(request);
  };
  return {
    core,
    gate,
    assets: await builtAssets(),
    limits,
    headers,
    clock,
    isPage,
    turnAway,
    peerOf,
    streams: openStreams({ limits, peerOf, opened }),
    turns: openTurns(turnsOfForms(limits)),
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
    return sendBrokenTo(site, exchange, { what: 'forbidden', status: 403 });
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

function readingOf(kind: 'page' | 'form', request: FastifyRequest): LoopReading {
  const bytes = Number(request.headers['content-length'] ?? 0);
  return { kind, bytes, ids: { route: routeOf(request) } };
}

function openPages<Part extends object>(
  app: FastifyInstance,
  site: Site<ServerPart & Part>,
  { loads, posts }: Pages<Part>,
): void {
  const [findLoad, findPost] = [finderIn(loads), finderIn(posts)];
  app.get('/*', (request, reply) => {
    const load = findLoad(request);
    if (load === null) return reply.callNotFound();
    return underWay(readingOf('page', request), () => loaded(site, load, { request, reply }));
  });
  app.post('/*', (request, reply) => {
    const post = findPost(request);
    if (post === null) return reply.callNotFound();
    return underWay(readingOf('form', request), () => posted(site, post, { request, reply }));
  });
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
        await site.core.accounts.closeSession(visit.sessionToken);
        void reply.clearCookie(SESSION_COOKIE, COOKIE);
        // Nothing that was typed stays behind, nor a picture (Clear Site Data §3.1).
        const hasKept = request.cookies[KEPT_COOKIE] !== undefined;
        void reply.clearCookie(KEPT_COOKIE, COOKIE);
        void reply.header('clear-site-data', hasKept ? '"cache", "storage"' : '"storage"');
        return { kind: 'go', to: '/signin' };
      },
      { request, reply },
    ),
  );
}
