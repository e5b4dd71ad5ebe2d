import type { FastifyRequest } from 'fastify';
import type { Session } from '../../core/entry/accounts/contract.ts';
import type { Site } from '../site.ts';
import { SESSION_COOKIE } from './guard.ts';

/** A cookie is no longer than this; what is longer is not ours. */
const MAX_TOKEN = 300;

/** What our script sends with what it asks for by itself (`assets/scripts/fragments.ts`). */
const LIVE_HEADER = 'x-preau-live';

/** A session and the token that opens it. */
export interface SessionWithToken {
  readonly session: Session;
  readonly token: string;
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
