import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { hereOf, INBOX } from './here.ts';
import { isLoopback } from '../core/config.ts';
import type { Core, Session } from '../core/core.ts';
import type { Answer } from './answer.ts';
import { buildAssets, type Assets } from './assets.ts';
import { openClassDoor, openClassHere } from './class-door.ts';
import { openSettings, SETTINGS_PATHS } from './devices/doors.ts';
import { openDoor } from './door.ts';
import { brokenPage, lateFormPage, thrown, type Broken } from './failures.ts';
import { field, readForm, readTyped, MAX_FIELDS_BYTES, type Flight, type FormResult } from './forms.ts';
import { hostsOf, isFromUs, masked, mustBeSecure, SESSION_COOKIE, COOKIE, unmasks } from './guard.ts';
import { openLive } from './live.ts';
import { followBatch } from './roster-events.ts';
import { numberOf } from './ids.ts';
import { readerOf, remember } from './reader.ts';
import { commonHeaders, sendAsset, sendFile, sendMailHtml, sendPage, sendStream, sendTold } from './reply.ts';
import { asked, type Load, type Post } from './route.ts';
import { DEMO_LOADS, LOADS, POSTS } from './routes.ts';
import { visitOf, type Visit } from './visit.ts';

/** A whole request must have come within this; 25 MB over a slow school line takes two minutes. */
const REQUEST_TIMEOUT_MS = 300_000;
const HEADERS_TIMEOUT_MS = 20_000;
const KEEP_ALIVE_MS = 72_000;
const MAX_CONNECTIONS = 5000;
/** Twenty of the largest at once; as SMTP's `bytesInFlight`. */
const FILES_IN_FLIGHT = 536_870_912;
/** A cookie is no longer than this; what is longer is not ours. */
const MAX_TOKEN = 300;
/** Asked without a Host of ours: by probes, and by mail programs that look for their settings. */
const ANY_HOST: ReadonlySet<string> = new Set(['/healthz', '/metrics', ...SETTINGS_PATHS]);

export interface WebmailOptions {
  /** Shows what left for outside, which only a demo keeps. */
  readonly demo: boolean;
  readonly clock: () => Date;
  /** Bytes of files that people are sending at one moment, all together; who comes on top is asked to try again soon. */
  readonly filesInFlight: number;
}

/** Opens the pages on `config.host:webPort`. Throws a `Fault` where their cookie would not be safe. */
export async function startWebmail(core: Core, options: Partial<WebmailOptions> = {}): Promise<{ readonly port: number; close(): Promise<void> }> {
  const app = await webmail(core, options);
  await app.listen({ host: core.config.host, port: core.config.webPort });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : core.config.webPort;
  return { port, close: () => app.close() };
}

/** The pages without a port, for tests by injection. */
export async function webmail(core: Core, given: Partial<WebmailOptions> = {}): Promise<FastifyInstance> {
  const options: WebmailOptions = { demo: false, clock: () => new Date(), filesInFlight: FILES_IN_FLIGHT, ...given };
  mustBeSecure(core.config);
  const assets = await buildAssets();
  const app = fastify({
    logger: false, trustProxy: core.config.trustedProxy ?? false, bodyLimit: MAX_FIELDS_BYTES, requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS, forceCloseConnections: true, routerOptions: { maxParamLength: 100 }, exposeHeadRoutes: true,
    frameworkErrors: (error, request, reply) => { void fail(error, request, reply); },
  });
  app.server.headersTimeout = HEADERS_TIMEOUT_MS;
  app.server.maxConnections = MAX_CONNECTIONS;
  app.removeAllContentTypeParsers();
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: MAX_FIELDS_BYTES });
  await app.register(multipart);
  const fail = failing(core, assets);
  app.setErrorHandler(fail);
  app.setNotFoundHandler((request, reply) => sendBroken(request, reply, { assets, what: 'missing', status: 404 }));
  guardAll(app, core, assets);
  openProbes(app, core);
  await openSettings(app, core);
  await openDoor(app, core, assets);
  openClassDoor(app, core, assets);
  openPages(app, { core, assets, options, flight: { bytes: 0, most: options.filesInFlight } });
  return app;
}

type Place = { readonly core: Core; readonly assets: Assets; readonly options: WebmailOptions; readonly flight: Flight };

interface BrokenAnswer {
  readonly assets: Assets;
  readonly what: Broken;
  readonly status: number;
}

function sendBroken(request: FastifyRequest, reply: FastifyReply, { assets, what, status }: BrokenAnswer): Promise<FastifyReply> {
  commonHeaders(reply);
  if (status === 503) void reply.header('retry-after', '120');
  return sendPage(request, reply, { status, body: brokenPage({ ...readerOf(request), asset: assets.address }, what) });
}

/** The one place where what was thrown is caught: a page for the person, a line for the log, no address and no name in it. */
function failing(core: Core, assets: Assets) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { status, what, log } = thrown(error);
    core.log[log]({ err: error, route: request.routeOptions.url, status }, 'page failed');
    return sendBroken(request, reply, { assets, what, status });
  };
}

/** What holds for every request: headers, our own host, and that what changes something was sent by a page of ours. */
function guardAll(app: FastifyInstance, core: Core, assets: Assets): void {
  app.addHook('onRequest', async (request, reply) => {
    commonHeaders(reply);
    const port = app.server.address();
    const hosts = hostsOf(core.config, typeof port === 'object' && port !== null ? port.port : core.config.webPort);
    const path = request.url.split('?')[0] ?? '';
    if (!ANY_HOST.has(path) && !hosts.has(String(request.headers.host ?? '').toLowerCase())) return sendBroken(request, reply, { assets, what: 'wrong', status: 421 });
    if (request.method === 'GET' || request.method === 'HEAD' || isFromUs(request)) return undefined;
    return sendBroken(request, reply, { assets, what: 'forbidden', status: 403 });
  });
  app.get('/a/:hash/:name', (request, reply) => {
    const asset = assets.at(request.url);
    return asset === null ? reply.callNotFound() : sendAsset(request, reply, asset);
  });
  app.get('/favicon.ico', (_request, reply) => reply.header('cache-control', 'public, max-age=86400').code(204).send());
  app.get('/', (_request, reply) => reply.redirect('/mail/inbox', 303));
}

/** `/healthz` for whoever watches the service, `/metrics` for this machine alone. Neither holds a name. */
function openProbes(app: FastifyInstance, core: Core): void {
  app.get('/healthz', async (_request, reply) => {
    const health = await core.health.check();
    const well = Object.values(health).every((part) => part === 'up');
    return reply.code(well ? 200 : 503).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(health));
  });
  app.get('/metrics', async (request, reply) => {
    const from = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    if (!isLoopback(from) || request.headers['x-forwarded-for'] !== undefined) return reply.callNotFound();
    return reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8').send(await core.metrics.text());
  });
}

/** The session behind a request's cookie. */
async function sessionOf(core: Core, request: FastifyRequest): Promise<{ readonly session: Session; readonly token: string } | null> {
  const token = request.cookies[SESSION_COOKIE];
  if (token === undefined || token === '' || token.length > MAX_TOKEN) return null;
  const session = await core.accounts.session(token);
  return session === null ? null : { session, token };
}

function openPages(app: FastifyInstance, place: Place): void {
  const live = openLive();
  app.addHook('preClose', async () => { live.close(); });
  app.get('/events', async (request, reply) => {
    const found = await sessionOf(place.core, request);
    if (found === null) return reply.code(204).send(); // tells the browser not to come again
    live.open({ core: place.core, ...found }, reply);
    return reply;
  });
  const ended = new AbortController();
  app.addHook('preClose', async () => { ended.abort(); });
  app.get('/roster/town/:batch/events', async (request, reply) => {
    const found = await sessionOf(place.core, request);
    const id = numberOf(asked(request).params['batch']);
    if (found === null || id === null) return reply.code(204).send();
    await followBatch(enter(place, found, INBOX), id, { reply, signal: ended.signal });
    return reply;
  });
  for (const [path, load] of Object.entries({ ...LOADS, ...(place.options.demo ? DEMO_LOADS : {}) })) app.get(path, (request, reply) => loaded(place, load, { request, reply }));
  for (const [path, post] of Object.entries(POSTS)) app.post(path, (request, reply) => posted(place, post, { request, reply }));
  app.post('/codes/:class/open', (request, reply) => posted(place, (visit) => openClassHere(visit, { request, reply }), { request, reply }));
  app.post('/signout', (request, reply) => posted(place, async (visit) => {
    await place.core.accounts.closeSession(visit.token);
    void reply.clearCookie(SESSION_COOKIE, COOKIE);
    return { kind: 'go', to: '/signin' };
  }, { request, reply }));
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function loaded(place: Place, load: Load, { request, reply }: Exchange): Promise<FastifyReply> {
  const found = await sessionOf(place.core, request);
  if (found === null) return reply.redirect('/signin', 303);
  remember(request, reply, found.session.viewer);
  const visit = enter(place, found, hereOf(request.url));
  const { params, query } = asked(request);
  return send(place, { request, reply }, await load(visit, params, query));
}

async function posted(place: Place, post: Post, { request, reply }: Exchange): Promise<FastifyReply> {
  const found = await sessionOf(place.core, request);
  if (found === null) {
    const typed = request.cookies[SESSION_COOKIE] === undefined ? '' : await readTyped(request);
    return typed.trim() === '' ? reply.redirect('/signin', 303) : sendLate(place, { request, reply }, typed);
  }
  remember(request, reply, found.session.viewer);
  const visit = enter(place, found, INBOX);
  const read = await readForm(request, { maxBytes: place.core.config.maxMessageBytes, flight: place.flight });
  if (read.kind !== 'form') return sendBroken(request, reply, { assets: place.assets, ...UNREAD[read.kind] });
  try {
    if (!unmasks(field(read.form, 'csrf'), found.session.csrf)) return await sendLate(place, { request, reply }, field(read.form, 'text'));
    return await send(place, { request, reply }, await post(visit, asked(request).params, read.form));
  } finally {
    read.release();
  }
}

/** A form of a session that is over changes nothing; what was typed into it is given back. */
function sendLate({ assets }: Place, { request, reply }: Exchange, typed: string): Promise<FastifyReply> {
  if (typed.trim() === '') return sendBroken(request, reply, { assets, what: 'forbidden', status: 403 });
  return sendPage(request, reply, { status: 403, body: lateFormPage({ ...readerOf(request), asset: assets.address }, typed) });
}

/** What is said of a form that was not read. */
const UNREAD = {
  'too-big': { what: 'tooBig', status: 413 },
  'not-a-form': { what: 'wrong', status: 400 },
  busy: { what: 'pause', status: 503 },
} as const satisfies Record<Exclude<FormResult['kind'], 'form'>, Pick<BrokenAnswer, 'what' | 'status'>>;

function enter({ core, assets, options }: Place, { session, token }: { readonly session: Session; readonly token: string }, here: string): Visit {
  return visitOf(core, session, { now: options.clock(), csrf: masked(session.csrf), token, here, asset: assets.address });
}

function send({ assets }: Place, { request, reply }: Exchange, answer: Answer): FastifyReply | Promise<FastifyReply> {
  switch (answer.kind) {
    case 'page': return sendPage(request, reply, answer);
    case 'told': return sendTold(reply, answer.words);
    case 'go': return reply.redirect(answer.to, 303);
    case 'missing': return sendBroken(request, reply, { assets, what: 'missing', status: 404 });
    case 'download': return sendFile(reply, answer.file, 'attachment');
    case 'picture': return sendFile(reply, answer.file, 'inline');
    case 'stream': return sendStream(reply, answer);
    case 'mail-html': return sendMailHtml(reply, answer.html);
  }
}
