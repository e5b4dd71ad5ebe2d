import { setTimeout as pause } from 'node:timers/promises';
import type { SMTPServerAuthentication, SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import { canonicalAddress, canonicalOutside, domainOf, isWithin } from '../core/ground/address.ts';
import type { WithConfig } from '../core/ground/config.ts';
import type { WithLog } from '../core/ground/log.ts';
import { underWay } from '../core/ground/loop-watch.ts';
import type { Outcome } from '../core/rules/outcome.ts';
import { connectionOf } from './connection.ts';
import { ClientGone } from './intake.ts';
import { message } from './message.ts';
import { asError, replyTo, replyToFault, replyToSession, type Reply } from './replies.ts';
import { senderOf, signedInOf, viewerOf } from './sender.ts';
import { SubmissionUser } from './signed-in.ts';
import { disownedOf } from './stranger.ts';
import type { StepParts } from './surroundings.ts';
import type { SessionReply } from './texts.ts';

type Handlers = Required<Pick<SMTPServerOptions, 'onAuth' | 'onMailFrom' | 'onRcptTo' | 'onData'>>;
type Callback = (error?: Error | null, text?: string) => void;

/**
 * smtp-server's events on one side, what is asked of core on the other. No rule and no reply code
 * lives here.
 */
export function handlers(parts: StepParts, via: 'mx' | 'submission'): Handlers {
  const { core } = parts;
  return {
    onAuth: (auth, session, done) =>
      step(core, session, {
        reply: signIn(parts, auth, session),
        done: (error) => done(error, error ? {} : { user: true }),
      }),
    onMailFrom: (from, session, done) =>
      step(core, session, {
        reply: via === 'mx' ? strangersSender(core, from) : ownSender(from.address, session),
        done,
      }),
    onRcptTo: (to, session, done) =>
      step(core, session, { reply: recipient(parts, to, session), done }),
    onData: (data, session, done) =>
      step(core, session, {
        reply: underWay({ kind: 'letter', bytes: 0, ids: { session: session.id } }, () =>
          message(parts, data, session),
        ),
        done,
      }),
  };
}

/** One of the four places where a Fault is caught: the peer hears 451, the log hears why. */
function step(
  core: WithLog,
  session: SMTPServerSession,
  { reply, done }: { readonly reply: Promise<Reply | null>; readonly done: Callback },
): void {
  reply.then(
    (said) => done(said && asError(said), said?.lines.join('\n')),
    (error: unknown) => {
      // Whoever hangs up wakes nobody, however often they do.
      const level = error instanceof ClientGone ? 'debug' : 'error';
      core.log[level]({ err: error, session: session.id }, 'smtp step failed');
      done(asError(replyToFault(viewerOf(session))));
    },
  );
}

/**
 * PLAIN and LOGIN (RFC 4954, RFC 4616). One answer for an unknown address and a wrong password;
 * core makes them take the same time.
 */
async function signIn(
  { core, around: { limits, waking } }: StepParts,
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
    new SubmissionUser(core, { ...answer, way: 'submission' }, connection, {
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
      connectionOf(session).offer.auth === 'after-tls' ? 'tls-first' : 'sign-in-first',
    );
  const viewer = await signedIn.ask();
  if (!viewer) return replyToSession('signed-out');
  if (address === '') return replyToSession('null-sender');
  return canonicalAddress(address) === viewer.address
    ? null
    : replyTo({ kind: 'not-your-address' }, viewer);
}

/** From outside anybody may write, but not in our own name, whatever DNS says. */
async function strangersSender(core: WithConfig, from: { address: string }): Promise<Reply | null> {
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
  { core, around }: StepParts,
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
