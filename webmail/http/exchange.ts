import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '../../core/entry/accounts/contract.ts';
import { inLine } from '../../core/ground/giving-way.ts';
import { PIECE_BYTES } from '../../core/ground/pieces.ts';
import { hereOf, INBOX } from '../here.ts';
import type { ServerPart, Exchange, Site } from '../site.ts';
import { comers, sendBroken, UNREAD } from './broken.ts';
import { enter } from './enter.ts';
import { field, readFields, readForm, type ReadForm } from './forms.ts';
import { unmasks } from './guard.ts';
import { NO_TURN } from './in-turn.ts';
import { remember } from './reader.ts';
import { asked, type Load, type Post } from './route.ts';
import { send } from './send.ts';
import { sessionOf, type SessionWithToken } from './session-of.ts';
import { noteTyped, typedIn } from './typed.ts';
import { BUSY, EMPTY } from './uploads.ts';

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
/** Acts whose files stay on the disk, and are read from there piece by piece. */
const READS_PIECES: ReadonlySet<string> = new Set([
  '/cupboards/:school/:cupboard/put',
  '/stored/:school/:item/put',
  '/boxes/:school/:box/hand',
  '/boxes/:school/:box/back',
]);

/** Acts that bring files alone, of which a hundred may come at once: they give way to letters. */
const BRINGS_FILES: ReadonlySet<string> = new Set([...READS_PIECES, '/coming/:upload/:place']);

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
  const find = () => sessionOf(site, request);
  const givesWay = BRINGS_FILES.has(request.routeOptions.url ?? '');
  const found = await (givesWay ? inLine(find) : find()).catch(async (error: unknown) => {
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
  const inPieces = READS_PIECES.has(request.routeOptions.url ?? '');
  const inHand = inPieces ? Math.min(read.fileBytes, PIECE_BYTES) : read.fileBytes;
  const answer = await site.turns.take(inHand, async () =>
    post(visit, asked(request).params, inPieces ? read.lie() : await read.load()),
  );
  return answer === NO_TURN
    ? sendBroken(site, exchange, UNREAD[BUSY])
    : send(site, exchange, answer);
}
