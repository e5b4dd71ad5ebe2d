import { setTimeout as pause } from 'node:timers/promises';
import type {
  SMTPServerAuthentication,
  SMTPServerDataStream,
  SMTPServerOptions,
  SMTPServerSession,
} from 'smtp-server';
import { canonicalAddress, canonicalOutside, domainOf, isWithin } from '../core/address.ts';
import type { Core, Handover, Outcome, Proof, Sender, Viewer } from '../core/core.ts';
import { TooLate } from './authentication-pool.ts';
import { connectionOf } from './connection.ts';
import type { Flights } from './flight.ts';
import { openIntake, type Intake } from './intake.ts';
import type { SmtpLimits } from './limits.ts';
import { asError, replyTo, replyToFault, replyToSession, type Reply } from './replies.ts';
import {
  authenticateSender,
  isDisowned,
  type Asking,
  type DNSResolver,
  type Peer,
} from './sender-authentication.ts';
import { SignedIn, type Waking } from './signed-in.ts';
import type { SessionReply } from './texts.ts';
import { traceFromOutside, traceOfSubmission, transactionId } from './trace.ts';

export interface Surroundings {
  readonly limits: SmtpLimits;
  readonly resolver: DNSResolver;
  readonly flights: Flights;
  readonly waking: Waking;
  /** Whether a peer belongs to the town's own network. */
  readonly isLocalPeer: (ip: string) => boolean;
}

type Handlers = Required<Pick<SMTPServerOptions, 'onAuth' | 'onMailFrom' | 'onRcptTo' | 'onData'>>;
type Callback = (error?: Error | null, text?: string) => void;

/**
 * smtp-server's events on one side, core's three questions on the other. No rule and no reply code
 * lives here.
 */
export function handlers(core: Core, around: Surroundings, via: 'mx' | 'submission'): Handlers {
  return {
    onAuth: (auth, session, done) =>
      step(core, session, signIn(core, around, auth, session), (error) =>
        done(error, error ? {} : { user: true }),
      ),
    onMailFrom: (from, session, done) =>
      step(
        core,
        session,
        via === 'mx' ? strangersSender(core, from) : ownSender(from.address, session),
        done,
      ),
    onRcptTo: (to, session, done) =>
      step(core, session, recipient(core, around, to, session), done),
    onData: (data, session, done) =>
      step(core, session, message(core, around, data, session), done),
  };
}

/** One of the four places where a Fault is caught: the peer hears 451, the log hears why. */
function step(
  core: Core,
  session: SMTPServerSession,
  reply: Promise<Reply | null>,
  done: Callback,
): void {
  reply.then(
    (said) => done(said && asError(said), said?.lines.join('\n')),
    (error: unknown) => {
      core.log.error({ err: error, session: session.id }, 'smtp step failed');
      done(asError(replyToFault(viewerOf(session))));
    },
  );
}

/**
 * PLAIN and LOGIN (RFC 4954, RFC 4616). One answer for an unknown address and a wrong password;
 * core makes them take the same time.
 */
async function signIn(
  core: Core,
  { limits, waking }: Surroundings,
  auth: SMTPServerAuthentication,
  session: SMTPServerSession,
): Promise<Reply | null> {
  const connection = connectionOf(session);
  const login = auth.username ?? '';
  // To act as somebody else (RFC 4616 §2, authzid) is nobody's right here.
  if (auth.authzid && auth.authzid.toLowerCase() !== login.toLowerCase())
    return refuseSignIn('sign-in-as-another');
  const answer = await core.accounts.signIn(login, auth.password ?? '', {
    ip: session.remoteAddress,
    way: 'submission',
  });
  if (answer.kind === 'wait') return refuseSignIn('sign-in-wait');
  if (answer.kind === 'device-password' || answer.kind === 'not-admitted')
    return refuseSignIn(answer.kind);
  if (answer.kind !== 'welcome') return refuseSignIn('sign-in-failed');
  connection.welcome(
    new SignedIn(core, { ...answer, way: 'submission' }, connection, {
      waking,
      askAgainMs: limits.askAgainMs,
    }),
  );
  return null;

  function refuseSignIn(why: SessionReply): Reply {
    connection.failedSignIns += 1;
    return replyToSession(
      connection.failedSignIns >= limits.failedSignIns ? 'too-many-sign-ins' : why,
    );
  }
}

/**
 * On submission the reverse-path is the account's own address (RFC 6409 §6.1), and there is one; of
 * an account that may still send by this connection.
 */
async function ownSender(address: string, session: SMTPServerSession): Promise<Reply | null> {
  const signedIn = signedInOf(session);
  if (!signedIn)
    return replyToSession(
      connectionOf(session).authOffer.auth === 'after-tls' ? 'tls-first' : 'sign-in-first',
    );
  const viewer = await signedIn.ask();
  if (!viewer) return replyToSession('signed-out');
  if (address === '') return replyToSession('null-sender');
  return canonicalAddress(address) === viewer.address
    ? null
    : replyTo({ kind: 'not-your-address' }, viewer);
}

/** From outside anybody may write, but not in our own name, whatever DNS says. */
async function strangersSender(core: Core, from: { address: string }): Promise<Reply | null> {
  if (isWithin(domainOf(from.address), core.config.domain)) return replyToSession('own-domain');
  // The library turns a domain's ASCII form (RFC 5890 §2.3.2.1) into letters, which DNS and
  // Return-Path don't take.
  const canonical = canonicalOutside(from.address);
  if (canonical !== null) from.address = `${canonical.local}@${canonical.domain}`;
  return null;
}

/**
 * The rules answer here already, with the words of the sender's language. Only canonical addresses
 * go to core.
 */
async function recipient(
  core: Core,
  around: Surroundings,
  to: { address: string },
  session: SMTPServerSession,
): Promise<Reply | null> {
  const { unknownAnswerMs } = around.limits;
  const begun = performance.now();
  // RFC 5321 §4.1.1.3: "Postmaster" without a domain is ours.
  const written =
    to.address.toLowerCase() === 'postmaster' ? `postmaster@${core.config.domain}` : to.address;
  const canonical = canonicalAddress(written);
  const unknown: Outcome = {
    kind: 'denied',
    refusals: [{ address: written, rule: 'no-such-address', words: {} }],
  };
  const disowned = disownedOf(core, around, session);
  const outcome =
    canonical === null
      ? unknown
      : await core.delivery.checkRecipient(senderOf(session), canonical, disowned);
  if (
    outcome.kind === 'denied' &&
    outcome.refusals.some(({ rule }) => rule === 'no-such-address')
  ) {
    // Nobody's address takes as long as one for which DNS had to be asked.
    await disowned?.();
    await pause(unknownAnswerMs - ((performance.now() - begun) % unknownAnswerMs));
  }
  const viewer = viewerOf(session);
  if (viewer && outcome.kind === 'denied') connectionOf(session).refused.push(...outcome.refusals);
  // the library keeps each address once, by this spelling
  if (canonical !== null) to.address = canonical;
  const reply = replyTo(outcome, viewer);
  return asError(reply) ? reply : null;
}

async function message(
  core: Core,
  around: Surroundings,
  data: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<Reply> {
  const connection = connectionOf(session);
  const flight = around.flights({ viewer: viewerOf(session), ip: session.remoteAddress });
  const intake = openIntake(data, {
    maxBytes: core.config.maxMessageBytes,
    limits: around.limits,
    flight,
    cut: (why) => connection.say(replyToSession(why)),
    confirm: () => confirmSender(session),
  });
  const viewer = viewerOf(session);
  const outcome = await outcomeOf(core, around, intake, session);
  // Core writes the line of a message that it judged; of one that overflowed it knows only that the
  // stream broke.
  if (intake.overflow())
    core.log.info(
      {
        session: transactionId(session),
        school: viewer?.school,
        outcome: intake.overflow(),
        bytes: intake.bytes(),
      },
      'message',
    );
  if (typeof outcome === 'string') return replyToSession(outcome);
  if (outcome.kind === 'accepted' || outcome.kind === 'held') connection.messageTaken();
  return replyTo(outcome, viewer);
}

/** Why a message is put off before core has judged it. */
type PutOff = 'busy' | 'unchecked' | 'signed-out';

async function outcomeOf(
  core: Core,
  around: Surroundings,
  intake: Intake,
  session: SMTPServerSession,
): Promise<Outcome | PutOff> {
  try {
    return await core.delivery.accept(
      handoverOf(core, session),
      intake.message,
      proverOf(core, around, session),
    );
  } catch (error) {
    if (error instanceof SignedOut) return 'signed-out';
    if (error instanceof TooLate) {
      core.log.info(
        { session: transactionId(session), outcome: 'unchecked', bytes: intake.bytes() },
        'message',
      );
      return 'unchecked';
    }
    const overflow = intake.overflow();
    if (overflow === null) throw error;
    return overflow === 'busy'
      ? 'busy'
      : { kind: 'too-big', limitBytes: core.config.maxMessageBytes };
  } finally {
    await intake.drained();
  }
}

/** Breaks off a message whose sender may no longer send it: nothing of it is stored. */
class SignedOut extends Error {}

async function confirmSender(session: SMTPServerSession): Promise<void> {
  const signedIn = signedInOf(session);
  if (signedIn && (await signedIn.askAgain()) === null)
    throw new SignedOut('the sender was signed out');
}

function handoverOf({ config: { domain: host } }: Core, session: SMTPServerSession): Handover {
  const sender = senderOf(session);
  const recipients = [...new Set(session.envelope.rcptTo.map(({ address }) => address))];
  const rest = { sender, recipients, session: transactionId(session) };
  if (sender.kind === 'account')
    return {
      ...rest,
      via: 'submission',
      peer: null,
      trace: traceOfSubmission(session, host, new Date()),
    };
  return {
    ...rest,
    via: 'mx',
    peer: session.remoteAddress,
    trace: traceFromOutside(session, sender.address, host, new Date()),
  };
}

/** Who asks DNS about a stranger's message; nobody where there is nothing to ask. */
function proverOf(
  core: Core,
  around: Surroundings,
  session: SMTPServerSession,
): ((message: Buffer) => Promise<Proof>) | undefined {
  const peer = peerOf(around, session);
  return peer && ((message) => authenticateSender(message, peer, askingOf(core, around)));
}

/** What SPF said, by transaction: the library makes each an envelope of its own. */
const saidOf = new WeakMap<SMTPServerSession['envelope'], Promise<boolean>>();

/**
 * Who asks DNS about a stranger's reverse-path, once in a transaction; nobody where there is
 * nothing to ask.
 */
function disownedOf(
  core: Core,
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
function peerOf({ isLocalPeer }: Surroundings, session: SMTPServerSession): Peer | undefined {
  if (viewerOf(session) || isLocalPeer(session.remoteAddress)) return undefined;
  const { mailFrom } = session.envelope;
  return {
    ip: session.remoteAddress,
    helo: session.hostNameAppearsAs,
    sender: mailFrom ? mailFrom.address : '',
  };
}

function askingOf({ config }: Core, { resolver, limits }: Surroundings): Asking {
  return { host: config.domain, resolver, deadlineMs: limits.authenticationMs };
}

/**
 * Of a stranger the reverse-path alone is known here: who wrote, and what proves it, core asks of
 * the message.
 */
function senderOf(session: SMTPServerSession): Sender {
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
function signedInOf(session: SMTPServerSession): SignedIn | null {
  return session.user ? connectionOf(session).signedIn : null;
}

function viewerOf(session: SMTPServerSession): Viewer | null {
  return signedInOf(session)?.viewer ?? null;
}
