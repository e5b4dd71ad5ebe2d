import type { SMTPServerSession } from 'smtp-server';
import type { WithConfig } from '../core/ground/config.ts';
import type { SenderProof } from '../core/mail/delivery/contract.ts';
import {
  authenticateSender,
  isDisowned,
  type DnsRequester,
  type SmtpPeer,
} from './sender-authentication.ts';
import { viewerOf } from './sender.ts';
import type { Surroundings } from './surroundings.ts';

/** Who asks DNS about a stranger's message; nobody where there is nothing to ask. */
export function proverOf(
  core: WithConfig,
  around: Surroundings,
  session: SMTPServerSession,
): ((message: Buffer) => Promise<SenderProof>) | undefined {
  const peer = peerOf(around, session);
  return peer && ((message) => authenticateSender(message, peer, askingOf(core, around)));
}

/** What SPF said, by transaction: the library makes each an envelope of its own. */
const saidOf = new WeakMap<SMTPServerSession['envelope'], Promise<boolean>>();

/**
 * Who asks DNS about a stranger's reverse-path, once in a transaction; nobody where there is
 * nothing to ask.
 */
export function disownedOf(
  core: WithConfig,
  around: Surroundings,
  session: SMTPServerSession,
): (() => Promise<boolean>) | undefined {
  const peer = peerOf(around, session);
  return (
    peer &&
    (() => {
      const said = saidOf.get(session.envelope) ?? isDisowned(peer, askingOf(core, around));
      saidOf.set(session.envelope, said);
      return said;
    })
  );
}

/** A stranger as SPF sees them; nobody of ours, nor of the town's network. */
function peerOf({ isLocalPeer }: Surroundings, session: SMTPServerSession): SmtpPeer | undefined {
  if (viewerOf(session) || isLocalPeer(session.remoteAddress)) return undefined;
  const { mailFrom } = session.envelope;
  return {
    ip: session.remoteAddress,
    helo: session.hostNameAppearsAs,
    sender: mailFrom ? mailFrom.address : '',
  };
}

function askingOf({ config }: WithConfig, { resolver, limits }: Surroundings): DnsRequester {
  return {
    host: config.domain,
    resolver,
    deadlineMs: limits.authenticationMs,
    arcSealers: config.arcSealers.split(','),
  };
}
