import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '../../core/entry/accounts/contract.ts';
import type { Visit } from '../frame/visit.ts';
import { letterOf } from '../ids.ts';
import type { ServerPart, Exchange, Site } from '../site.ts';
import type { Answer } from './answer.ts';
import { brokenPage, brokenWithin, thrown, type FailureKind } from './failures.ts';
import { field, NOT_A_FORM, readFields, readForm, type ReadForm } from './forms.ts';
import {
  CLASS_COOKIE,
  COOKIE,
  DEVICE_COOKIE,
  KEPT_COOKIE,
  masked,
  SESSION_COOKIE,
  unmasks,
} from './guard.ts';
import { hereOf, INBOX } from './here.ts';
import { NO_TURN } from './in-turn.ts';
import { readerOf, remember } from './reader.ts';
import {
  hasKept,
  letFile,
  letKeep,
  letMicrophone,
  sendFile,
  sendInline,
  sendMailHtml,
  sendPage,
  sendPdf,
  sendServed,
  sendSound,
  sendStream,
  sendTold,
} from './reply.ts';
import { asked, type Load, type Post } from './route.ts';
import { noteTyped, typedIn } from './typed.ts';
import { BUSY, EMPTY, TOO_BIG, TOO_MANY, type NotKept } from './uploads.ts';
import { visitOf } from './visit-of.ts';

/** A cookie is no longer than this; what is longer is not ours. */
const MAX_TOKEN = 300;
/** What our script sends with what it asks for by itself (`assets/scripts/fragments.ts`). */
const LIVE_HEADER = 'x-preau-live';
/** What is said of a status that passes, in seconds. */
const RETRY_AFTER: Readonly<Record<number, string>> = { 429: '30', 503: '120' };
/** Acts that go on with the files that did fit and say of the others why they didn't. */
const TELLS_LEFT_OUT: ReadonlySet<string> = new Set([
  '/write',
  '/write/keep',
  '/papers/new',
  '/papers/:school/:paper/change',
  '/papers/:school/:paper/slip',
  '/boards/:school/new',
  '/boards/:school/:class/new',
  '/boards/:school/:class/propose',
  '/notices/:school/:notice/edit',
  '/cupboards/:school/:cupboard/put',
  '/stored/:school/:item/put',
  '/boxes/:school/:box/hand',
  '/boxes/:school/:box/back',
]);

/** Where an account gets its second factor, and what is open beside it before. */
const PROTECT = '/protect';
const PROTECTING: ReadonlySet<string> = new Set([
  PROTECT,
  '/protect/codes',
  '/protect/codes.pdf',
  '/protect/codes/kept',
  '/language',
  '/signout',
]);

interface BrokenAnswer {
  readonly what: FailureKind;
  readonly status: number;
}

/** A session and the token that opens it. */
export interface SessionWithToken {
  readonly session: Session;
  readonly token: string;
}

/** Whose request it turned out to be, for the answer should their page break. */
const comers = new WeakMap<FastifyRequest, SessionWithToken>();

/**
 * A page that says what went wrong, and gives back what was typed. Once it is known who asks it
 * stands in their frame, so that their places stay at hand; core is asked nothing.
 */
export function sendBroken(
  site: Site,
  { request, reply }: Exchange,
  { what, status }: BrokenAnswer,
): Promise<FastifyReply> {
  // Refused before any hook ran.
  if (!reply.hasHeader('content-security-policy')) void reply.headers({ ...site.headers });
  const retryAfter = RETRY_AFTER[status];
  if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
  const typed = typedIn(request);
  const comer = comers.get(request);
  const body =
    comer === undefined
      ? brokenPage({ ...readerOf(request), asset: site.assets.address }, what, typed)
      : brokenWithin(enter(site, comer, { request, here: INBOX }), what, typed);
  return sendPage(request, reply, { status, body });
}

/** The same of a request that no page has looked at yet: who is signed in is found out first. */
export async function sendBrokenTo(
  site: Site,
  exchange: Exchange,
  answer: BrokenAnswer,
): Promise<FastifyReply> {
  const { request } = exchange;
  const found = comers.get(request) ?? (await sessionOf(site, request, 'glance').catch(() => null));
  if (found !== null) comers.set(request, found);
  return sendBroken(site, exchange, answer);
}

/**
 * The one place where what was thrown is caught: a page for the person, a line for the log, no
 * address and no name in it.
 */
export function failing(site: Site) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { status, what, log } = thrown(error);
    site.core.log[log]({ err: error, route: request.routeOptions.url, status }, 'page failed');
    // Of what may be down nothing more is asked.
    const tell = what === 'pause' ? sendBroken : sendBrokenTo;
    return tell(site, { request, reply }, { what, status });
  };
}

/** The session behind a request's cookie; what a page asks by itself is a glance and no visit. */
export async function sessionOf(
  { core: { accounts } }: Site,
  request: FastifyRequest,
  as: 'visit' | 'glance' = request.headers[LIVE_HEADER] === undefined ? 'visit' : 'glance',
): Promise<SessionWithToken | null> {
  const token = request.cookies[SESSION_COOKIE];
  if (token === undefined || token === '' || token.length > MAX_TOKEN) return null;
  const session = await (as === 'glance' ? accounts.glance(token) : accounts.session(token));
  return session === null ? null : { session, token };
}

/** Who must protect their account first finds every page shut but those that do it. */
function isShut({ routeOptions }: FastifyRequest, { mustProtect }: Session): boolean {
  return mustProtect && !PROTECTING.has(routeOptions.url ?? '');
}

/** Answers a GET of somebody signed in. */
export async function loaded<Part extends object>(
  site: Site<ServerPart & Part>,
  load: Load<Part>,
  exchange: Exchange,
): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const found = await sessionOf(site, request);
  if (found === null) return reply.redirect('/signin', 303);
  comers.set(request, found);
  remember(request, reply, found.session.viewer);
  if (isShut(request, found.session)) return reply.redirect(PROTECT, 303);
  const { params, query } = asked(request);
  const visit = enter(site, found, { request, here: hereOf(request.url) });
  return send(site, exchange, await load(visit, params, query));
}

/**
 * Answers a form of somebody signed in. Whatever it can't be dealt with for, what was typed is in
 * the answer.
 */
export async function posted<Part extends object>(
  site: Site<ServerPart & Part>,
  post: Post<Part>,
  exchange: Exchange,
): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const found = await sessionOf(site, request).catch(async (error: unknown) => {
    noteTyped(request, await readFields(request));
    throw error;
  });
  if (found === null) {
    noteTyped(request, await readFields(request));
    return typedIn(request) === null
      ? reply.redirect('/signin', 303)
      : sendBroken(site, exchange, { what: 'late', status: 403 });
  }
  comers.set(request, found);
  remember(request, reply, found.session.viewer);
  if (isShut(request, found.session)) return reply.redirect(PROTECT, 303);
  const read = await readForm(request, {
    maxBytes: site.core.config.maxMessageBytes,
    folder: site.uploads,
    flight: site.flight,
    peer: site.peerOf(request.ip),
  });
  noteTyped(request, read.fields);
  if (read.kind !== 'form') return sendBroken(site, exchange, UNREAD[read.kind]);
  try {
    return await dealt(site, exchange, { post, found, read });
  } finally {
    await read.release();
  }
}

interface Dealing<Part extends object> {
  readonly post: Post<Part>;
  readonly found: SessionWithToken;
  readonly read: ReadForm;
}

async function dealt<Part extends object>(
  site: Site<ServerPart & Part>,
  exchange: Exchange,
  { post, found, read }: Dealing<Part>,
): Promise<FastifyReply> {
  const { request } = exchange;
  if (!unmasks(field(read, 'csrf'), found.session.csrf)) {
    return sendBroken(site, exchange, {
      what: typedIn(request) === null ? 'forbidden' : 'late',
      status: 403,
    });
  }
  if (!TELLS_LEFT_OUT.has(request.routeOptions.url ?? '')) {
    // An empty file is none: its form says what it misses.
    const why = read.leftOut.map((one) => one.why).find((one) => one !== EMPTY);
    if (why !== undefined) return sendBroken(site, exchange, UNREAD[why]);
  }
  const visit = enter(site, found, { request, here: INBOX });
  const answer = await site.turns.take(read.fileBytes, async () =>
    post(visit, asked(request).params, await read.load()),
  );
  return answer === NO_TURN
    ? sendBroken(site, exchange, UNREAD[BUSY])
    : send(site, exchange, answer);
}

/** What is said of a form that was not read. */
const UNREAD = {
  [TOO_BIG]: { what: 'tooBig', status: 413 },
  [NOT_A_FORM]: { what: 'wrong', status: 400 },
  [TOO_MANY]: { what: 'tooBig', status: 413 },
  [BUSY]: { what: 'pause', status: 503 },
} as const satisfies Record<NotKept | typeof NOT_A_FORM, BrokenAnswer>;

/** The visit of somebody signed in. */
export function enter<Part extends object>(
  { core, assets, clock }: Site<ServerPart & Part>,
  { session, token }: SessionWithToken,
  { request, here }: Pick<Exchange, 'request'> & { readonly here: string },
): Visit<Part> {
  return visitOf<Part>(core, session, {
    now: clock(),
    csrf: masked(session.csrf),
    token,
    here,
    sent: letterOf(asked(request).query['sent']),
    cameFrom: cameFrom(request),
    ownComputer: session.viewer.role !== 'pupil' && isOwnComputer(request),
    hasVoice: core.config.voice !== null,
    asset: assets.address,
  });
}

/** The page of ours that led here, unless it is one of writing itself. */
function cameFrom({ headers }: FastifyRequest): string {
  const from = headers.referer === undefined ? null : URL.parse(headers.referer);
  if (from === null || from.host !== headers.host) return INBOX;
  const here = hereOf(`${from.pathname}${from.search}`);
  return here.startsWith('/write') || here.startsWith('/signin') ? INBOX : here;
}

/** A class's computer is nobody's, whatever an adult once said on it. */
export function isOwnComputer({ cookies }: FastifyRequest): boolean {
  return (cookies[DEVICE_COOKIE] ?? '') !== '' && cookies[CLASS_COOKIE] === undefined;
}

function send(
  site: Site,
  exchange: Exchange,
  answer: Answer,
): FastifyReply | Promise<FastifyReply> {
  const { request, reply } = exchange;
  switch (answer.kind) {
    case 'page':
      if (answer.microphone === true) letMicrophone(reply);
      if (answer.holdsFile === true) letFile(reply);
      return sendPage(request, reply, answer);
    case 'told':
      return sendTold(reply, answer.words);
    case 'go':
      return reply.redirect(answer.to, 303);
    case 'renewed':
      return reply.setCookie(SESSION_COOKIE, answer.session, COOKIE).redirect(answer.to, 303);
    case 'missing':
      return sendBroken(site, exchange, { what: 'missing', status: 404 });
    case 'wrong':
      return sendBroken(site, exchange, { what: 'wrong', status: 400 });
    case 'pause':
      return sendBroken(site, exchange, UNREAD[BUSY]);
    case 'sound':
      return sendSound(request, reply, answer.audio);
    case 'download':
      return sendFile(reply, answer.file);
    case 'inline':
      return sendInline(request, reply, answer.file);
    case 'served':
      return sendServed(request, reply, answer);
    case 'kept':
      return sendKept(site, exchange, answer);
    case 'pdf':
      return sendPdf(request, reply, answer.file);
    case 'stream':
      return sendStream(reply, answer);
    case 'mail-html':
      return sendMailHtml(reply, answer);
  }
}

/** Sends what a browser keeps until its owner signs out; nothing of it where it has it by now. */
async function sendKept(
  site: Site,
  { request, reply }: Exchange,
  { mark, load }: Extract<Answer, { kind: 'kept' }>,
): Promise<FastifyReply> {
  const isThere = hasKept(request, mark);
  const file = isThere ? null : await load();
  if (!isThere && file === null)
    return sendBroken(site, { request, reply }, { what: 'missing', status: 404 });
  if (request.cookies[KEPT_COOKIE] === undefined) void reply.setCookie(KEPT_COOKIE, '1', COOKIE);
  letKeep(reply, mark);
  return file === null ? reply.code(304).send() : sendInline(request, reply, file);
}
