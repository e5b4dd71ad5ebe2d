import type { SMTPServerSession } from 'smtp-server';
import type { Sender } from '../core/mail/delivery/contract.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import { connectionOf } from './connection.ts';
import type { SubmissionUser } from './signed-in.ts';

/**
 * Of a stranger the reverse-path alone is known here: who wrote, and what proves it, core asks of
 * the message.
 */
export function senderOf(session: SMTPServerSession): Sender {
  const viewer = viewerOf(session);
  if (viewer) return { kind: 'account', viewer };
  const { mailFrom } = session.envelope;
  return {
    kind: 'outside',
    address: mailFrom && mailFrom.address !== '' ? mailFrom.address : null,
  };
}

/**
 * What a session proved before STARTTLS is forgotten with it (RFC 3207 §4.2): the library then
 * clears `user`.
 */
export function signedInOf(session: SMTPServerSession): SubmissionUser | null {
  return session.user ? connectionOf(session).signedIn : null;
}

/** Who is signed in; null for a stranger. */
export function viewerOf(session: SMTPServerSession): Viewer | null {
  return signedInOf(session)?.viewer ?? null;
}
