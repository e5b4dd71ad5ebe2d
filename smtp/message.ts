import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { WithConfig } from '../core/ground/config.ts';
import type { Handover } from '../core/mail/delivery/contract.ts';
import type { Outcome } from '../core/rules/outcome.ts';
import { TooLate } from './authentication-pool.ts';
import { connectionOf } from './connection.ts';
import { dsnRequestsOf } from './dsn-requests.ts';
import { openIntake, type Intake } from './intake.ts';
import { replyTo, replyToSession, type Reply } from './replies.ts';
import { senderOf, signedInOf, viewerOf } from './sender.ts';
import { proverOf } from './stranger.ts';
import type { StepParts } from './surroundings.ts';
import { traceFromOutside, traceOfSubmission, transactionId } from './trace.ts';

/** The end of DATA (RFC 5321 §4.1.1.4): what core makes of the message, as a reply. */
export async function message(
  { core, around }: StepParts,
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
  let said: Outcome | PutOff;
  try {
    const handover = handoverOf(core, session);
    said = await core.delivery.accept(handover, intake.message, proverOf(core, around, session));
  } catch (error) {
    said = insteadOf(error, intake, core.config);
  } finally {
    await intake.drained();
  }
  // Core writes the line of a message that it judged; of one that overflowed it knows only that the
  // stream broke.
  const unjudged = intake.overflow() ?? (said === 'unchecked' ? said : null);
  if (unjudged !== null)
    core.log.info(
      {
        session: transactionId(session),
        school: viewer?.school,
        outcome: unjudged,
        bytes: intake.bytes(),
      },
      'message',
    );
  const outcome = typeof said === 'string' ? null : said;
  if (outcome?.kind === 'accepted' || outcome?.kind === 'held') connection.messageTaken();
  return typeof said === 'string' ? replyToSession(said) : replyTo(said, viewer);
}

/** Why a message is put off before core has judged it. */
type PutOff = 'busy' | 'unchecked' | 'signed-out';

/** What is said of a message with which core didn't come to an end; throws what is no answer. */
function insteadOf(
  error: unknown,
  intake: Intake,
  { maxMessageBytes: limitBytes }: WithConfig['config'],
): Outcome | PutOff {
  if (error instanceof SignedOut) return 'signed-out';
  if (error instanceof TooLate) return 'unchecked';
  const overflow = intake.overflow();
  if (overflow === null) throw error;
  return overflow === 'busy' ? 'busy' : { kind: 'too-big', limitBytes };
}

/** Breaks off a message whose sender may no longer send it: nothing of it is stored. */
class SignedOut extends Error {}

async function confirmSender(session: SMTPServerSession): Promise<void> {
  const signedIn = signedInOf(session);
  if (signedIn && (await signedIn.askAgain()) === null)
    throw new SignedOut('the sender was signed out');
}

function handoverOf(
  { config: { domain: host } }: WithConfig,
  session: SMTPServerSession,
): Handover {
  const sender = senderOf(session);
  const recipients = [...new Set(session.envelope.rcptTo.map(({ address }) => address))];
  const rest = { sender, recipients, session: transactionId(session) };
  if (sender.kind === 'account')
    return {
      ...rest,
      via: 'submission',
      peer: null,
      dsnRequests: dsnRequestsOf(session),
      trace: traceOfSubmission(session, host, new Date()),
    };
  return {
    ...rest,
    via: 'mx',
    peer: session.remoteAddress,
    trace: traceFromOutside(session, { sender: sender.address, host, at: new Date() }),
  };
}
