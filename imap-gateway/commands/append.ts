import { Readable } from 'node:stream';
import type { AppendRequest, AppendedLetter } from '../../core/mail/mailboxes/contract/changes.ts';
import type { ListedMailbox } from '../../core/mail/mailboxes/contract/listed.ts';
import type { MailboxOutcome } from '../../core/mail/mailboxes/contract/stop.ts';
import { NoRoom, type AppendFlight } from '../flight.ts';
import { bad, no, ok, replyToStop, type TaggedReply } from '../responses.ts';
import type { ImapSession } from '../session.ts';
import { knowOwnMessages } from '../tell.ts';
import type { AppendedMessage, Messages } from '../wire/command.ts';
import { APPEND_BYTES, APPEND_MESSAGES } from '../wire/limits.ts';
import { ConnectionLost } from '../wire/messages-ahead.ts';
import { setOf } from '../wire/ranges.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/**
 * RFC 9051 §6.3.12, several messages by RFC 3502: all are kept or none. It never sends: what comes
 * in is « ajouté par vous ».
 */
export const append: Handler<'APPEND'> = {
  states: SIGNED_IN,
  tells: () => 'all',
  async run(session, command) {
    if (command.messages.waits) {
      const mailbox = await mailboxFor(session, command.mailbox);
      if ('status' in mailbox) return mailbox;
    }
    return withLetters(session, command.messages, async (letters) => {
      const done = await session.core.mailboxes.append(session.me, command.mailbox, letters);
      if (done.kind === 'nonexistent') return no('try-create', session.me);
      if (done.kind !== 'done') return replyToStop(done, session.me);
      knowOwnMessages(session, { path: command.mailbox, uids: done.value.to });
      return ok('Kept', `APPENDUID ${done.value.uidValidity} ${setOf(done.value.to)}`);
    });
  },
};

/**
 * Where something is to be added, or why not: said before the client sends the message, where it
 * waits for that.
 */
export async function mailboxFor(
  session: ImapSession,
  path: string,
): Promise<ListedMailbox | TaggedReply> {
  const mailbox = await session.core.mailboxes.find(session.me, path);
  if (!mailbox) return no('try-create', session.me);
  return mailbox.rights.includes('i')
    ? mailbox
    : replyToStop({ kind: 'no-permission', right: 'i' }, session.me);
}

/**
 * Does something with every message of the command; their bytes are in flight until it is done. In
 * a process there is room for so many of them: past it the client is put off.
 */
export async function withLetters(
  session: ImapSession,
  messages: Messages,
  keep: (letters: readonly AppendRequest[]) => Promise<TaggedReply>,
): Promise<TaggedReply> {
  const flight = session.context.flights(session.me);
  try {
    const letters = await readLetters(session, messages, flight);
    return 'status' in letters ? letters : await keep(letters);
  } finally {
    flight.end();
  }
}

/** Reads every message of the command, scanned and judged, up to the first that is refused. */
async function readLetters(
  session: ImapSession,
  messages: Messages,
  flight: AppendFlight,
): Promise<readonly AppendRequest[] | TaggedReply> {
  const letters: AppendRequest[] = [];
  let bytes = 0;
  try {
    for (let next = await messages.next(); next.kind !== 'end'; next = await messages.next()) {
      if (next.kind === 'refused') return next.refused;
      if (next.message.utf8 && !session.enabled.utf8)
        return bad('UTF8 comes after ENABLE UTF8=ACCEPT'); // RFC 6855 §4
      // RFC 3502 §6.3.11: so a client cancels
      if (next.message.sizeBytes === 0) return no('empty-message', session.me);
      bytes += next.message.sizeBytes;
      if (letters.length >= APPEND_MESSAGES)
        return replyToStop({ kind: 'limit', what: 'messages', limit: APPEND_MESSAGES }, session.me);
      if (letters.length > 0 && bytes > APPEND_BYTES)
        return replyToStop({ kind: 'too-big', limitBytes: APPEND_BYTES }, session.me);
      const read = await readLetter(session, next.message, flight);
      if (read.kind !== 'done') return refusal(session, next.message, read);
      letters.push({
        letter: read.value,
        flags: next.message.flags,
        internalDate: next.message.internalDate,
      });
    }
    return letters;
  } catch (error) {
    if (error instanceof NoRoom) return no('much-coming-in', session.me);
    if (!(error instanceof ConnectionLost)) throw error;
    return { ...bad('The connection ended within a message'), isLast: true }; // nobody hears it
  }
}

async function readLetter(
  session: ImapSession,
  message: AppendedMessage,
  flight: AppendFlight,
): Promise<MailboxOutcome<AppendedLetter>> {
  const limitBytes = session.core.mailboxes.appendLimit(session.me);
  if (message.sizeBytes > limitBytes) return { kind: 'too-big', limitBytes };
  return await session.core.mailboxes.receive(
    session.me,
    Readable.from(flight.counted(message.body()), { objectMode: false }),
  );
}

/** RFC 3516 §4.4: a message with NUL in it can't be kept as it is, and isn't made into another. */
function refusal(
  session: ImapSession,
  message: AppendedMessage,
  stop: Exclude<MailboxOutcome<AppendedLetter>, { kind: 'done' }>,
): TaggedReply {
  return stop.kind === 'malformed' && stop.why === 'nul' && message.literal8
    ? no('unknown-cte', session.me)
    : replyToStop(stop, session.me);
}
