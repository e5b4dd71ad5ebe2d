import type { FastifyRequest } from 'fastify';
import type { Visit } from '../frame/visit.ts';
import { hereOf, INBOX } from '../here.ts';
import { letterOf } from '../ids.ts';
import type { ServerPart, Exchange, Site } from '../site.ts';
import { CLASS_COOKIE, DEVICE_COOKIE, masked } from './guard.ts';
import { asked } from './route.ts';
import type { SessionWithToken } from './session-of.ts';
import { visitOf } from './visit-of.ts';

/** The visit of somebody signed in. */
export function enter<Part extends object>(
  { core, assets, clock, isPage }: Site<ServerPart & Part>,
  { session, token }: SessionWithToken,
  { request, here }: Pick<Exchange, 'request'> & { readonly here: string },
): Visit<Part> {
  return visitOf<Part>(core, session, {
    now: clock(),
    csrf: masked(session.csrf),
    sessionToken: token,
    here,
    sent: letterOf(asked(request).query['sent']),
    cameFrom: cameFrom(request, isPage),
    ownComputer: session.viewer.role !== 'pupil' && isOwnComputer(request),
    hasVoice: core.config.voice !== null,
    asset: assets.address,
  });
}

/** The page of ours that led here, unless it is one of writing itself. */
function cameFrom({ headers }: FastifyRequest, isPage: Site['isPage']): string {
  const from = headers.referer === undefined ? null : URL.parse(headers.referer);
  if (from === null || from.host !== headers.host) return INBOX;
  const here = hereOf(`${from.pathname}${from.search}`);
  return here.startsWith('/write') || !isPage(here) ? INBOX : here;
}

/** A class's computer is nobody's, whatever an adult once said on it. */
export function isOwnComputer({ cookies }: FastifyRequest): boolean {
  return (cookies[DEVICE_COOKIE] ?? '') !== '' && cookies[CLASS_COOKIE] === undefined;
}
