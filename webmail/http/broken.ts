import type { FastifyReply, FastifyRequest } from 'fastify';
import { INBOX } from '../here.ts';
import type { Exchange, Site } from '../site.ts';
import { enter } from './enter.ts';
import { brokenPage, brokenWithin, thrown, type FailureKind } from './failures.ts';
import { NOT_A_FORM } from './forms.ts';
import { readerOf } from './reader.ts';
import { sendPage } from './reply.ts';
import { routeOf } from './routing.ts';
import { sessionOf, type SessionWithToken } from './session-of.ts';
import { typedIn } from './typed.ts';
import { BUSY, TOO_BIG, TOO_MANY, type NotKept } from './uploads.ts';

/** What is said of a status that passes, in seconds. */
const RETRY_AFTER: Readonly<Record<number, string>> = { 429: '30', 503: '120' };

interface BrokenAnswer {
  readonly what: FailureKind;
  readonly status: number;
}

/** What is said of a form that was not read. */
export const UNREAD = {
  [TOO_BIG]: { what: 'tooBig', status: 413 },
  [NOT_A_FORM]: { what: 'wrong', status: 400 },
  [TOO_MANY]: { what: 'tooBig', status: 413 },
  [BUSY]: { what: 'pause', status: 503 },
} as const satisfies Record<NotKept | typeof NOT_A_FORM, BrokenAnswer>;

/** Whose request it turned out to be, for the answer should their page break. */
export const comers = new WeakMap<FastifyRequest, SessionWithToken>();

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
    site.core.log[log]({ err: error, route: routeOf(request), status }, 'page failed');
    // Of what may be down nothing more is asked.
    const tell = what === 'pause' ? sendBroken : sendBrokenTo;
    return tell(site, { request, reply }, { what, status });
  };
}
