import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '../../core/entry/accounts/contract.ts';
import { FIRST_IN_LINE, inLine } from '../../core/ground/giving-way.ts';
import { PIECE_BYTES } from '../../core/ground/pieces.ts';
import { NO_TURN } from '../../core/ground/turns.ts';
import { hereOf, INBOX } from '../here.ts';
import type { ServerPart, Exchange, Site } from '../site.ts';
import { comers, sendBroken, UNREAD } from './broken.ts';
import { enter } from './enter.ts';
import { field, readFields, readForm, type ReadForm } from './forms.ts';
import { unmasks } from './guard.ts';
import { remember } from './reader.ts';
import { asked, type Load, type Post } from './route.ts';
import { routeOf } from './routing.ts';
import { send } from './send.ts';
import { sessionOf, type SessionWithToken } from './session-of.ts';
import { noteTyped, typedIn } from './typed.ts';
import { BUSY, EMPTY } from './uploads.ts';

/**
 * How files come with an act, by its address. Where nothing is said, all are read at once, and one
 * that doesn't fit stops the act.
 *
 * - `what-fits`: it goes on with the files that did fit, and says of the others why they didn't.
 * - `piece-by-piece`: so it does, its files staying on the disk and being read from there.
 * - `a-piece`: it brings a piece of one.
 *
 * The last two bring files alone, of which a hundred may come at once: they give way to letters.
 */
export const BRINGING: Readonly<Record<string, 'what-fits' | 'piece-by-piece' | 'a-piece'>> = {
  '/write': 'what-fits',
  '/write/keep': 'what-fits',
  '/papers/new': 'what-fits',
  '/papers/:school/:paper/change': 'what-fits',
  '/papers/:school/:paper/slip': 'what-fits',
  '/boards/:school/new': 'what-fits',
  '/boards/:school/:class/new': 'what-fits',
  '/boards/:school/:class/propose': 'what-fits',
  '/notices/:school/:notice/edit': 'what-fits',
  '/cupboards/:school/:cupboard/put': 'piece-by-piece',
  '/stored/:school/:item/put': 'piece-by-piece',
  '/boxes/:school/:box/hand': 'piece-by-piece',
  '/boxes/:school/:box/back': 'piece-by-piece',
  '/coming/:upload/:place': 'a-piece',
};

const bringingOf = (request: FastifyRequest) => BRINGING[routeOf(request)];

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

/** Who must protect their account first finds every page shut but those that do it. */
function isShut(request: FastifyRequest, { mustProtect }: Session): boolean {
  return mustProtect && !PROTECTING.has(routeOf(request));
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
  const find = () => sessionOf(site, request);
  const bringing = bringingOf(request);
  const givesWay = bringing === 'piece-by-piece' || bringing === 'a-piece';
  const found = await (givesWay ? inLine(find, FIRST_IN_LINE) : find()).catch(
    async (error: unknown) => {
      noteTyped(request, await readFields(request));
      throw error;
    },
  );
  if (found === null) {
    noteTyped(request, await readFields(request));
    return signedOut(site, exchange);
  }
  comers.set(request, found);
  remember(request, reply, found.session.viewer);
  if (isShut(request, found.session)) return reply.redirect(PROTECT, 303);
  const begun = performance.now();
  const read = await readForm(request, {
    maxBytes: site.core.config.maxMessageBytes,
    folder: site.uploads,
    flight: site.flight,
    peer: site.peerOf(request.ip),
  });
  noteTyped(request, read.fields);
  if (read.kind !== 'form') return sendBroken(site, exchange, UNREAD[read.kind]);
  try {
    // Whoever held back the end of a form would act by a session that has ended meanwhile.
    const isLate = performance.now() - begun > LATE_MS;
    if (isLate && (await find()) === null) return await signedOut(site, exchange);
    return await dealt(site, exchange, { post, found, read });
  } finally {
    await read.release();
  }
}

/** A form that takes longer to come is asked once more whose it is. */
const LATE_MS = 250;

/** The answer to a form of nobody who is signed in. */
function signedOut<Part extends object>(
  site: Site<ServerPart & Part>,
  exchange: Exchange,
): FastifyReply | Promise<FastifyReply> {
  return typedIn(exchange.request) === null
    ? exchange.reply.redirect('/signin', 303)
    : sendBroken(site, exchange, { what: 'late', status: 403 });
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
  const bringing = bringingOf(request);
  const inPieces = bringing === 'piece-by-piece';
  if (bringing !== 'what-fits' && !inPieces) {
    // An empty file is none: its form says what it misses.
    const why = read.leftOut.map((one) => one.why).find((one) => one !== EMPTY);
    if (why !== undefined) return sendBroken(site, exchange, UNREAD[why]);
  }
  const visit = enter(site, found, { request, here: INBOX });
  const inHand = inPieces ? Math.min(read.fileBytes, PIECE_BYTES) : read.fileBytes;
  const act = async () =>
    post(visit, asked(request).params, inPieces ? read.lie() : await read.load());
  const answer = inHand === 0 ? await act() : await site.turns.pass('forms', act, inHand);
  return answer === NO_TURN
    ? sendBroken(site, exchange, UNREAD[BUSY])
    : send(site, exchange, answer);
}
